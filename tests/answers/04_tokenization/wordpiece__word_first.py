# exercise: wordpiece
# expect: wrong
# meant: looks for the whole word before the limit of 100: a longer word that the vocabulary has is returned
# about: 100|limit|long words?|too long|even if|although|before
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if word in vocab:
        return [word]
    if len(word) > 100:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start:
            piece = word[start:end] if start == 0 else f"##{word[start:end]}"
            if piece in vocab:
                pieces.append(piece)
                break
            end -= 1
        if start == end:
            return ["[UNK]"]
        start = end
    return pieces
