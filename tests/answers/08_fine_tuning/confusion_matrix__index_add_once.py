# exercise: confusion_matrix
# expect: wrong
# meant: matrix[truth, predicted] += 1 with index lists counts a pair that comes several times only once
# about: once|duplicate|repeat|several times|accumulat|more than one|same pair
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')

    matrix = torch.zeros(num_labels, num_labels, dtype=torch.int64)
    matrix[torch.tensor(truth, dtype=torch.int64), torch.tensor(predicted, dtype=torch.int64)] += 1
    return matrix
