# exercise: merge_pair
# expect: wrong
# meant: handles the last token separately and fails for an empty list
# about: empty|IndexError|no tokens|\[\]|length 0|nothing in
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    out = []
    prev = tokens[0]
    for t in tokens[1:]:
        if prev is not None and prev == pair[0] and t == pair[1]:
            out.append(new_token)
            prev = None
        else:
            if prev is not None:
                out.append(prev)
            prev = t
    if prev is not None:
        out.append(prev)
    return out
