# exercise: wordpiece
# expect: right
# meant: recursion over the rest, None for nothing fits
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    def rest(s, front):
        if not s:
            return []
        ends = [k for k in range(1, len(s) + 1) if front + s[:k] in vocab]
        if not ends:
            return None
        tail = rest(s[ends[-1]:], "##")
        return None if tail is None else [front + s[: ends[-1]]] + tail

    pieces = rest(word, "") if len(word) <= 100 else None
    return pieces or ["[UNK]"]
