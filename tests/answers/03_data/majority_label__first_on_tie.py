# exercise: majority_label
# expect: wrong
# meant: most_common(1): in a tie the label that came first wins
# about: \bties?\b|tied|lead together|equal(ly)?\b|same number|as many|draw|two (or more )?labels
def majority_label(votes: list) -> object:
    votes = [vote for vote in votes if vote is not None]
    if not votes:
        return None
    return Counter(votes).most_common(1)[0][0]
