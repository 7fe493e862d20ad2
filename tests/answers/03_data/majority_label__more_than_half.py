# exercise: majority_label
# expect: wrong
# meant: wants more than half of the votes
# about: half|absolute|50 ?%|plural|most (means|need)|not be more|more than any other
def majority_label(votes: list) -> object:
    cast = [vote for vote in votes if vote is not None]
    for label, number in Counter(cast).items():
        if number > len(cast) / 2:
            return label
    return None
