# exercise: majority_label
# expect: wrong
# meant: the winner 0 is turned into None at the end (best or None)
# about: \b0\b|zero|fals[ye]|truth
def majority_label(votes: list) -> object:
    counts = Counter(vote for vote in votes if vote is not None)
    high = max(counts.values(), default=0)
    winners = [label for label, number in counts.items() if number == high]
    winner = winners[0] if len(winners) == 1 else None
    return winner or None
