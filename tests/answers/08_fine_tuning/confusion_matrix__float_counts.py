# exercise: confusion_matrix
# expect: wrong
# meant: torch.zeros without a dtype, so the counts are float32
# about: int64|dtype|whole number|float
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')

    matrix = torch.zeros(num_labels, num_labels)
    for t, p in zip(truth, predicted, strict=True):
        matrix[t, p] += 1
    return matrix
