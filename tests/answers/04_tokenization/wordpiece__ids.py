# exercise: wordpiece
# expect: wrong
# meant: returns the ids of the pieces
# about: \bids?\b|numbers?|integers?|strings?|pieces (themselves|as)|not the (tokens|pieces)|type
def wordpiece(word: str, vocab: dict[str, int]) -> list[str]:
    if len(word) > 100:
        return [vocab.get("[UNK]", 100)]
    ids, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocab:
                ids.append(vocab[piece])
                start = end
                break
        else:
            return [vocab.get("[UNK]", 100)]
    return ids
