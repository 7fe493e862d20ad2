# exercise: confusion_matrix
# expect: wrong
# meant: takes the pairs off the lists with pop, which leaves the caller with empty lists
# about: pop|unchanged|argument|empties|change[sd]?|mutat|modif
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')

    matrix = torch.zeros(num_labels, num_labels, dtype=torch.int64)
    while truth:
        matrix[truth.pop(), predicted.pop()] += 1
    return matrix
