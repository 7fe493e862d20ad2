# exercise: classification_scores
# expect: wrong
# meant: zeroes the diagonal of the given matrix to count the errors, and the caller's matrix is changed
# about: argument|unchanged|in place|in-place|fill_diagonal|mutat|change[sd]|modif|clone
def classification_scores(matrix: Tensor) -> dict[str, float | list[float]]:

    total, tp = matrix.sum().item(), matrix.diag().clone().double()
    wrong = matrix.fill_diagonal_(0).double()
    fp, fn = wrong.sum(0), wrong.sum(1)

    def ratio(a, b):
        return torch.where(b > 0, a / b.clamp(min=1), 0.0)

    f1 = ratio(2 * tp, 2 * tp + fp + fn)
    micro = ratio(2 * tp.sum(), 2 * tp.sum() + fp.sum() + fn.sum()).item()
    accuracy = tp.sum().item() / total if total else 0.0
    return {"precision": ratio(tp, tp + fp).tolist(), "recall": ratio(tp, tp + fn).tolist(), "f1": f1.tolist(),
            "accuracy": accuracy, "macro_f1": f1.mean().item(), "micro_f1": micro}
