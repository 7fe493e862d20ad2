# exercise: wordpiece
# expect: right
# meant: next() over a generator of candidates, tuple returned
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    unknown = ("[UNK]",)
    if len(word) > 100:
        return unknown
    pieces = []
    mark = ""
    while word:
        n = next((n for n in range(len(word), 0, -1) if mark + word[:n] in vocab), None)
        if n is None:
            return unknown
        pieces.append(mark + word[:n])
        word, mark = word[n:], "##"
    return tuple(pieces)
