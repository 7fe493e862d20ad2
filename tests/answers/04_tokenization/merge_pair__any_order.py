# exercise: merge_pair
# expect: wrong
# meant: merges the reversed pair, too
# about: order|revers|swapp|other way round|\bset\b|(right|second) (token )?(before|first)|direction
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    out, i = [], 0
    while i < len(tokens):
        if i + 1 < len(tokens) and sorted(tokens[i : i + 2]) == sorted(pair):
            out.append(new_token)
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return out
