# exercise: counting_limit
# expect: right
# meant: walks through the powers lazily and takes the first whose successor is lost
from itertools import count


def counting_limit(dtype):
    powers = (1 << p for p in count())
    return next(n for n in powers if torch.tensor([n + 1]).to(dtype).tolist() != [n + 1])
