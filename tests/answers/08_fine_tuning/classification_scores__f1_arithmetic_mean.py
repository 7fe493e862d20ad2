# exercise: classification_scores
# expect: wrong
# meant: F1 as the plain mean of precision and recall
# about: harmonic|arithmetic|plain mean|average of precision|F1 (is|as|of)
def classification_scores(matrix: Tensor) -> dict[str, float | list[float]]:
    def ratio(a, b):
        return a / b if b else 0.0

    k = len(matrix)
    precision, recall, f1 = [], [], []
    right = errors_p = errors_n = 0
    for c in range(k):
        tp = matrix[c, c].item()
        fp = matrix[:, c].sum().item() - tp
        fn = matrix[c].sum().item() - tp
        right, errors_p, errors_n = right + tp, errors_p + fp, errors_n + fn
        precision.append(ratio(tp, tp + fp))
        recall.append(ratio(tp, tp + fn))
        f1.append((ratio(tp, tp + fp) + ratio(tp, tp + fn)) / 2)
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "accuracy": ratio(right, matrix.sum().item()),
        "macro_f1": sum(f1) / k,
        "micro_f1": ratio(2 * right, 2 * right + errors_p + errors_n),
    }
