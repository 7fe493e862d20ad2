# exercise: fleiss_kappa
# expect: right
# meant: writes out every vote and counts agreeing pairs with itertools
from itertools import combinations


def fleiss_kappa(counts: list[list[int]]) -> float:
    everyone, shares = [], []
    for row in counts:
        votes = [category for category, number in enumerate(row) for _ in range(number)]
        everyone += votes
        agree = [one == two for one, two in combinations(votes, 2)]
        shares.append(sum(agree) / len(agree))
    frequency = Counter(everyone)
    if len(frequency) == 1:
        return 1.0
    chance = sum((number / len(everyone)) ** 2 for number in frequency.values())
    observed = sum(shares) / len(shares)
    return (observed - chance) / (1 - chance)
