# exercise: merge_pair
# expect: wrong
# meant: changes the list that was given
# about: unchanged|in place|argument|mutat|chang(e|es|ed|ing) (the|its|tokens|your)|copy|modif|new list|caller
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    i = 0
    while i < len(tokens) - 1:
        if tokens[i] == pair[0] and tokens[i + 1] == pair[1]:
            tokens[i] = new_token
            del tokens[i + 1]
        i += 1
    return tokens
