# exercise: wordpiece
# expect: wrong
# meant: the range begins one too low: the whole rest is never tried
# about: whole (word|rest)|off by one|last (character|letter)|len\(word\)|range|full (word|rest)|complete (word|rest)|one (character |letter )?too (short|few)|up to the end|end of the word|entire
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word) - 1, start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocab:
                pieces.append(piece)
                start = end
                break
        else:
            if start == len(word) - 1 and "##" + word[start:] in vocab:
                pieces.append("##" + word[start:])
                return pieces
            return ["[UNK]"]
    return pieces
