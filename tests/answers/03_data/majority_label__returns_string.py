# exercise: majority_label
# expect: wrong
# meant: turns the labels into strings: 0 comes back as "0"
# about: str(ing)?s?\b|type|as it stands|ints?\b|whole number|quot
def majority_label(votes: list) -> object:
    counts = Counter(str(vote) for vote in votes if vote is not None)
    best = counts.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]
