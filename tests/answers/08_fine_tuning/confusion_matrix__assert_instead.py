# exercise: confusion_matrix
# expect: wrong
# meant: asserts equal lengths: an AssertionError is not the ValueError that is asked for
# about: assert|ValueError
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:

    assert len(truth) == len(predicted), "not of the same length"
    matrix = torch.zeros(num_labels, num_labels, dtype=torch.int64)
    for i in range(len(truth)):
        matrix[truth[i], predicted[i]] += 1
    return matrix
