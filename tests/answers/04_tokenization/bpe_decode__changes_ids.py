# exercise: bpe_decode
# expect: wrong
# meant: expands the list that was given in place
# about: unchanged|in place|argument|mutat|modif|copy|chang(e|es|ed|ing) (the|ids|your|its)|caller
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    i = 0
    while i < len(ids):
        if ids[i] >= 256:
            ids[i : i + 1] = merges[ids[i] - 256]
        else:
            i += 1
    return bytes(ids).decode("utf-8", errors="replace")
