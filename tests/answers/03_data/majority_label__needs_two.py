# exercise: majority_label
# expect: wrong
# meant: a single vote is taken for no majority
# about: single|one vote|only one|lone|alone|one person|unanim|one label
def majority_label(votes: list) -> object:
    cast = [vote for vote in votes if vote is not None]
    if len(cast) < 2:
        return None
    top = Counter(cast).most_common(2)
    if len(top) == 2 and top[0][1] == top[1][1]:
        return None
    return top[0][0]
