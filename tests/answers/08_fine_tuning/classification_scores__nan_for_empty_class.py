# exercise: classification_scores
# expect: wrong
# meant: divides tensors, so a class that is never named or never occurs gets nan
# about: nan|denominator|divi|zero|\b0\b
def classification_scores(matrix: Tensor) -> dict[str, float | list[float]]:

    matrix = matrix.double()
    tp = matrix.diag()
    precision = tp / matrix.sum(dim=0)
    recall = tp / matrix.sum(dim=1)
    f1 = 2 * tp / (matrix.sum(dim=0) + matrix.sum(dim=1))
    accuracy = (tp.sum() / matrix.sum()).item()
    return {
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "accuracy": accuracy,
        "macro_f1": f1.mean().item(),
        "micro_f1": accuracy,
    }
