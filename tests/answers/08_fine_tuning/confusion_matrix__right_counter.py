# exercise: confusion_matrix
# expect: right
# meant: a Counter of pairs, read out by two comprehensions
from collections import Counter


def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:

    pairs = Counter(zip(truth, predicted, strict=True))
    return torch.tensor([[pairs[i, j] for j in range(num_labels)] for i in range(num_labels)], dtype=torch.int64)
