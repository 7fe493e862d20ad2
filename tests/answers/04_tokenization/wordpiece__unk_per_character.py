# exercise: wordpiece
# expect: wrong
# meant: [UNK] for the one character that has no piece, and goes on behind it
# about: whole word|alone|each character|per character|one character|skip|go(es)? on|several \[?UNK|by itself
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocab:
                pieces.append(piece)
                start = end
                break
        else:
            pieces.append("[UNK]")
            start += 1
    return pieces
