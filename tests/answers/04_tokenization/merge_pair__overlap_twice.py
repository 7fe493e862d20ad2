# exercise: merge_pair
# expect: wrong
# meant: 7 7 7 becomes 9 9: the middle one is used twice
# about: overlap|7 7 7|used (again|twice|already)|twice|middle|shared?|already (been )?merged
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    hits = [i for i in range(len(tokens) - 1) if (tokens[i], tokens[i + 1]) == tuple(pair)]
    swallowed = {i + 1 for i in hits}
    out = []
    for i, t in enumerate(tokens):
        if i in hits:
            out.append(new_token)
        elif i not in swallowed:
            out.append(t)
    return out
