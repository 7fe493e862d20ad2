# exercise: classification_scores
# expect: right
# meant: exact fractions, turned into floats at the end; F1 as the harmonic mean
from fractions import Fraction


def classification_scores(matrix: Tensor) -> dict[str, float | list[float]]:

    def over(a, b):
        return Fraction(int(a), int(b)) if b else Fraction(0)

    k = matrix.shape[0]
    p = [over(matrix[c, c], matrix[:, c].sum()) for c in range(k)]
    r = [over(matrix[c, c], matrix[c, :].sum()) for c in range(k)]
    f = [2 * a * b / (a + b) if a + b else Fraction(0) for a, b in zip(p, r)]
    accuracy = over(matrix.trace(), matrix.sum())
    return {
        "precision": [float(x) for x in p], "recall": [float(x) for x in r], "f1": [float(x) for x in f],
        "accuracy": float(accuracy), "macro_f1": float(sum(f) / k), "micro_f1": float(accuracy),
    }
