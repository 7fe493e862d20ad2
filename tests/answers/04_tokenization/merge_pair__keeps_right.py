# exercise: merge_pair
# expect: wrong
# meant: does not jump over the second token: it stays behind the new one
# about: second token|right (token|one|half)|skip|jump|advance|both tokens|two (steps|places|tokens)|i \+= 2|stays|consum|still there
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    out = []
    for i in range(len(tokens)):
        if i + 1 < len(tokens) and (tokens[i], tokens[i + 1]) == tuple(pair):
            out.append(new_token)
        else:
            out.append(tokens[i])
    return out
