# exercise: fleiss_kappa
# expect: wrong
# meant: P_i is the share of the largest category instead of the share of agreeing pairs
# about: pairs|largest|majority|most frequent|max|squar|P_i|biggest|per item
def fleiss_kappa(counts: list[list[int]]) -> float:
    raters = sum(counts[0])
    observed = sum(max(row) / raters for row in counts) / len(counts)
    shares = [sum(column) / (raters * len(counts)) for column in zip(*counts)]
    chance = sum(share**2 for share in shares)
    if chance == 1:
        return 1.0
    return (observed - chance) / (1 - chance)
