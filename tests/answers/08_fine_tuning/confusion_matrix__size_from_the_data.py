# exercise: confusion_matrix
# expect: wrong
# meant: makes the matrix as large as the largest class that occurs, not num_labels
# about: num_labels|do(es)? not occur|occur|largest class|size|shape
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')

    size = max(truth + predicted, default=-1) + 1
    matrix = torch.zeros(size, size, dtype=torch.int64)
    for t, p in zip(truth, predicted):
        matrix[t, p] += 1
    return matrix
