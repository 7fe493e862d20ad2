# exercise: majority_label
# expect: wrong
# meant: sees a tie only if all labels have equally many votes
# about: \bties?\b|tied|lead together|two (or more )?labels|third label|third|all labels|another label|leading|leaders
def majority_label(votes: list) -> object:
    counts = Counter(vote for vote in votes if vote is not None)
    if not counts:
        return None
    if len(counts) > 1 and len(set(counts.values())) == 1:
        return None
    return max(counts, key=counts.get)
