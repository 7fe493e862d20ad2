# exercise: confusion_matrix
# expect: right
# meant: product of two one-hot matrices, transposed truth times prediction
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:

    if len(truth) - len(predicted):
        raise ValueError(f"{len(truth)} and {len(predicted)}")
    eye = torch.eye(num_labels, dtype=torch.int64)
    rows, columns = eye[torch.LongTensor(truth)], eye[torch.LongTensor(predicted)]
    return rows.T @ columns
