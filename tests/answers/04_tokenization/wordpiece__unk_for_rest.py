# exercise: wordpiece
# expect: wrong
# meant: keeps the pieces found so far and puts [UNK] for the rest only
# about: whole word|alone|pieces (found )?(so far|before)|\bkeep|already found|\[UNK\] (by itself|only)|nothing else
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start:
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                break
            end -= 1
        if end == start:
            pieces.append("[UNK]")
            break
        pieces.append(piece)
        start = end
    return pieces
