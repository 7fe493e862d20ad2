# exercise: merge_pair
# expect: wrong
# meant: writes the new token over both places: the list keeps its length
# about: same length|length|shorter|one new token|both (places|positions|tokens)|two new|once for (the|a|each) pair
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    out = tokens.copy()
    i = 0
    while i < len(tokens) - 1:
        if (tokens[i], tokens[i + 1]) == tuple(pair):
            out[i] = out[i + 1] = new_token
            i += 2
        else:
            i += 1
    return out
