# exercise: majority_label
# expect: wrong
# meant: no votes at all: most_common(1)[0] of nothing raises an IndexError
# about: empty|nobody|no votes?|IndexError|raises?|exception|without votes|only abst|all abst|nothing
def majority_label(votes: list) -> object:
    ranked = Counter(vote for vote in votes if vote is not None).most_common()
    best, most = ranked[0]
    if len(ranked) > 1 and ranked[1][1] == most:
        return None
    return best
