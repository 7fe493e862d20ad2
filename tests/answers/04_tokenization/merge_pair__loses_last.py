# exercise: merge_pair
# expect: wrong
# meant: the last token is lost when it is not part of a pair
# about: last (token|one|element)|end of the list|final token|lost|missing|dropped
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    out = []
    i = 0
    while i < len(tokens) - 1:
        if tokens[i] == pair[0] and tokens[i + 1] == pair[1]:
            out.append(new_token)
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return out
