# exercise: confusion_matrix
# expect: wrong
# meant: divides each row by its sum, as plots of confusion matrices do
# about: shares?|normali[sz]|divi|count|fraction
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')

    matrix = torch.zeros(num_labels, num_labels, dtype=torch.int64)
    for t, p in zip(truth, predicted):
        matrix[t, p] += 1
    return matrix / matrix.sum(dim=1, keepdim=True).clamp(min=1)
