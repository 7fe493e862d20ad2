# exercise: jaccard
# expect: right
# meant: numpy's set functions on lists of shingles
def jaccard(first: str, second: str, size: int = 5) -> float:
    def pieces(text):
        folded = text.casefold()
        if len(folded) <= size:
            return [folded]
        found = []
        for start in range(len(folded)):
            piece = folded[start:][:size]
            if len(piece) < size:
                break
            found.append(piece)
        return found

    numbers = {}
    one = np.unique([numbers.setdefault(piece, len(numbers)) for piece in pieces(first)])
    two = np.unique([numbers.setdefault(piece, len(numbers)) for piece in pieces(second)])
    return float(np.intersect1d(one, two).size / np.union1d(one, two).size)
