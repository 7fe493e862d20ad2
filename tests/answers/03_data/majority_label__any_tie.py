# exercise: majority_label
# expect: wrong
# meant: any two labels with equal counts make it a tie, also behind the leader
# about: \bties?\b|tied|lead(ing|er|ers)?\b|behind|only the (top|first|most)|not (at|in) the lead|fewer votes|losers?|minor|lower
def majority_label(votes: list) -> object:
    counts = Counter(vote for vote in votes if vote is not None)
    if not counts or len(counts) != len(set(counts.values())):
        return None
    return max(counts, key=lambda label: counts[label])
