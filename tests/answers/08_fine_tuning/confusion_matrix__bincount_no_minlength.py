# exercise: confusion_matrix
# expect: wrong
# meant: bincount without minlength: the last cells are missing unless the last pair occurs, and reshape fails
# about: minlength|bincount|last (class|cell|pair|label)|occur|reshape|view
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')

    pairs = torch.tensor(truth, dtype=torch.long) * num_labels + torch.tensor(predicted, dtype=torch.long)
    return torch.bincount(pairs).reshape(num_labels, num_labels)
