# exercise: confusion_matrix
# expect: wrong
# meant: returns a list of lists instead of a tensor
# about: tensor|list
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')

    table = [[0] * num_labels for _ in range(num_labels)]
    for t, p in zip(truth, predicted):
        table[t][p] += 1
    return table
