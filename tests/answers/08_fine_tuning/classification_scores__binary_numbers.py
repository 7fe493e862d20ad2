# exercise: classification_scores
# expect: wrong
# meant: reads tn, fp, fn, tp off a 2 by 2 table and gives one number for class 1 instead of a list for each class
# about: two class|binary|each class|every class|list|one number|k class|more than two|positive class
def classification_scores(matrix: Tensor) -> dict[str, float | list[float]]:
    def ratio(a, b):
        return a / b if b else 0.0


    tn, fp, fn, tp = matrix[:2, :2].flatten().tolist() if len(matrix) > 1 else (0, 0, 0, int(matrix.sum()))
    precision, recall = ratio(tp, tp + fp), ratio(tp, tp + fn)
    f1 = ratio(2 * precision * recall, precision + recall)
    accuracy = ratio(tp + tn, tp + tn + fp + fn)
    return {"precision": precision, "recall": recall, "f1": f1, "accuracy": accuracy, "macro_f1": f1, "micro_f1": accuracy}
