# exercise: merge_pair
# expect: wrong
# meant: looks behind the end when the last token is the left one of the pair
# about: IndexError|index|out of range|behind the (end|last)|last token|beyond|past the end|bound|fails|end of the list|no (right )?neighbour
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    result = []
    i = 0
    while i < len(tokens):
        if tokens[i] == pair[0] and tokens[i + 1] == pair[1]:
            result.append(new_token)
            i = i + 2
        else:
            result.append(tokens[i])
            i = i + 1
    return result
