# exercise: confusion_matrix
# expect: wrong
# meant: counts predictions in the rows and truth in the columns
# about: transpos|row|column|turned round|swap
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')

    matrix = torch.zeros(num_labels, num_labels, dtype=torch.int64)
    for t, p in zip(truth, predicted):
        matrix[p, t] += 1
    return matrix
