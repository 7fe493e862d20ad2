# exercise: smoothed_probability
# expect: right
# meant: exact arithmetic with fractions
from fractions import Fraction


def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    a = Fraction(alpha)
    above, below = a, a * vocabulary_size
    for other, count in counts.get(context, {}).items():
        below += count
        if other == token:
            above += count
    return float(above / below)
