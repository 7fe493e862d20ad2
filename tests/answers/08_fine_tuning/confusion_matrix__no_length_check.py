# exercise: confusion_matrix
# expect: wrong
# meant: zips the two lists and never notices that one is longer
# about: length|ValueError|as many|longer
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:

    matrix = torch.zeros((num_labels, num_labels), dtype=torch.long)
    for t, p in zip(truth, predicted):
        matrix[t][p] += 1
    return matrix
