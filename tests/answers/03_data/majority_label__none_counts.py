# exercise: majority_label
# expect: wrong
# meant: None counts as a label like any other
# about: None|abst
def majority_label(votes: list) -> object:
    top = Counter(votes).most_common(2)
    if not top:
        return None
    if len(top) == 2 and top[0][1] == top[1][1]:
        return None
    return top[0][0]
