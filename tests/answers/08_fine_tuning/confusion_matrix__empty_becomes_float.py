# exercise: confusion_matrix
# expect: wrong
# meant: torch.tensor of an empty list is float32, and bincount refuses it
# about: empty|no example
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')

    pairs = torch.tensor(truth) * num_labels + torch.tensor(predicted)
    return torch.bincount(pairs, minlength=num_labels**2).view(num_labels, num_labels)
