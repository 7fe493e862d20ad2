# exercise: majority_label
# expect: right
# meant: a label that beats every other one, by votes.count
def majority_label(votes: list) -> object:
    candidates = set(votes) - {None}
    for label in candidates:
        if all(votes.count(label) > votes.count(other) for other in candidates - {label}):
            return label
