# exercise: perplexity
# expect: right
# meant: a product of roots instead of a root of the product
from itertools import chain


def perplexity(log_probs):
    tokens = list(chain.from_iterable(log_probs))
    share = 1 / len(tokens)
    return float(torch.exp(-torch.tensor([t * share for t in tokens], dtype=torch.float64).sum()))
