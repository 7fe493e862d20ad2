# exercise: bert_tokenize
# expect: right
# meant: a class with a buffer that is flushed
class _Basic:
    def __init__(self, vocab):
        self.vocab, self.buffer, self.tokens = vocab, [], []

    def flush(self):
        if self.buffer:
            self.tokens.extend(wordpiece("".join(self.buffer), self.vocab))
            self.buffer.clear()

    def feed(self, c):
        category = unicodedata.category(c)
        if category == "Mn":
            return
        if c.isspace():
            self.flush()
            return
        if category[0] == "C" or ord(c) == 0xFFFD:
            return
        lonely = category[0] == "P" or (c.isascii() and category[0] == "S") or 0x4E00 <= ord(c) < 0xA000
        if lonely:
            self.flush()
            self.buffer.append(c)
            self.flush()
        else:
            self.buffer.append(c)


def bert_tokenize(text: str, vocab: dict[str, int]) -> list[str]:
    machine = _Basic(vocab)
    for c in unicodedata.normalize("NFD", text.lower()):
        machine.feed(c)
    machine.flush()
    return machine.tokens
