# exercise: confusion_matrix
# expect: right
# meant: one bincount over truth * num_labels + predicted, with minlength and int64
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')

    t, p = (torch.tensor(one, dtype=torch.int64) for one in (truth, predicted))
    return torch.bincount(t * num_labels + p, minlength=num_labels * num_labels).reshape(num_labels, num_labels)
