# exercise: majority_label
# expect: wrong
# meant: "if vote" drops the label 0 together with None
# about: \b0\b|zero|fals[ye]|truth|is not None|is None
def majority_label(votes: list) -> object:
    top = Counter(vote for vote in votes if vote).most_common(2)
    if not top or (len(top) == 2 and top[0][1] == top[1][1]):
        return None
    return top[0][0]
