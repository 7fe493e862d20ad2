# exercise: wordpiece
# expect: right
# meant: a small class, max with a default for the longest end
class _Cutter:
    def __init__(self, word, vocab):
        self.word, self.vocab, self.at = word, vocab, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.at >= len(self.word):
            raise StopIteration
        shape = "{}" if self.at == 0 else "##{}"
        ends = (e for e in range(self.at + 1, len(self.word) + 1) if shape.format(self.word[self.at : e]) in self.vocab)
        end = max(ends, default=None)
        if end is None:
            raise LookupError(self.word)
        piece, self.at = shape.format(self.word[self.at : end]), end
        return piece


def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return ["[UNK]"]
    try:
        return list(_Cutter(word, vocab))
    except LookupError:
        return ["[UNK]"]
