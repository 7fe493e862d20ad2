# exercise: majority_label
# expect: wrong
# meant: takes the abstentions out of the caller's list
# about: argument|mutat|in place|caller|modif|unchanged|alter|chang(es|ed) (the|its|your)|remov|copy
def majority_label(votes: list) -> object:
    while None in votes:
        votes.remove(None)
    if not votes:
        return None
    (first, n), *rest = Counter(votes).most_common()
    return None if rest and rest[0][1] == n else first
