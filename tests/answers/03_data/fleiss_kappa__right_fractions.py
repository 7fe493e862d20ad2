# exercise: fleiss_kappa
# expect: right
# meant: exact fractions, a float only at the end
from fractions import Fraction


def fleiss_kappa(counts: list[list[int]]) -> float:
    N, I = sum(counts[0]), len(counts)
    P = Fraction(sum(n * (n - 1) for row in counts for n in row), I * N * (N - 1))
    Pe = sum(Fraction(sum(row[j] for row in counts), I * N) ** 2 for j in range(len(counts[0])))
    return float((P - Pe) / (1 - Pe)) if Pe != 1 else 1.0
