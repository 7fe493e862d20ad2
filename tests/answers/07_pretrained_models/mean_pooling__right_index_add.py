# exercise: mean_pooling
# expect: right
# meant: collects the tokens with index_add
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    row, place = torch.nonzero(attention_mask, as_tuple=True)
    sums = torch.zeros(hidden.shape[0], hidden.shape[2], dtype=hidden.dtype, device=hidden.device)
    sums = sums.index_add(0, row, hidden[row, place])
    count = torch.bincount(row, minlength=hidden.shape[0])
    count[count == 0] = 1
    return sums / count.unsqueeze(1)
