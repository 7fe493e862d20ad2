# exercise: confusion_matrix
# expect: wrong
# meant: takes 1 from each class, as if they were counted from 1; class 0 lands in the last row or column
# about: from (0|1|zero|one)|minus 1|- ?1|last (row|column)|off[- ]by[- ]one|shift
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')
    matrix = torch.zeros(num_labels, num_labels, dtype=torch.int64)
    for t, p in zip(truth, predicted):
        matrix[t - 1, p - 1] += 1
    return matrix
