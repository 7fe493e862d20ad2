# exercise: majority_label
# expect: wrong
# meant: counts without abstentions, but wants the absolute majority of all, abstentions included
# about: half|absolute|50 ?%|abst|plural|not be more|more than any other|None
def majority_label(votes: list) -> object:
    counts = Counter(vote for vote in votes if vote is not None)
    best = [label for label in counts if 2 * counts[label] > len(votes)]
    return best[0] if best else None
