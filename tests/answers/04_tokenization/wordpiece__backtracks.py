# exercise: wordpiece
# expect: wrong
# meant: takes a choice back when the rest has no piece
# about: back|greedy|taken back|backtrack|search|never (turns|finds)|choice|recursi|\[?UNK\]? (is|where|although)
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return ["[UNK]"]
    dead = set()

    def cut(start):
        if start == len(word):
            return []
        if start in dead:
            return None
        for end in range(len(word), start, -1):
            piece = ("##" if start > 0 else "") + word[start:end]
            if piece in vocab:
                rest = cut(end)
                if rest is not None:
                    return [piece] + rest
        dead.add(start)
        return None

    pieces = cut(0)
    return ["[UNK]"] if pieces is None else pieces
