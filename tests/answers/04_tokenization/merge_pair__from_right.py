# exercise: merge_pair
# expect: wrong
# meant: goes from right to left: 7 7 7 becomes 7 9
# about: left to right|right to left|from the (left|right|end)|direction|backwards|7 9|begin(s|ning)? at the
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    out = list(tokens)
    i = len(out) - 2
    while i >= 0:
        if out[i] == pair[0] and out[i + 1] == pair[1]:
            out[i : i + 2] = [new_token]
            i -= 2
        else:
            i -= 1
    return out
