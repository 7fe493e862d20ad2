# exercise: majority_label
# expect: right
# meant: statistics.multimode and structural pattern matching
from statistics import multimode


def majority_label(votes: list) -> object:
    match multimode([vote for vote in votes if vote is not None]):
        case [label]:
            return label
        case _:
            return None
