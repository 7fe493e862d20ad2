# exercise: mean_pooling
# expect: wrong
# meant: takes the first n positions, n being the number of tokens: wrong for padding on the left
# about: left|front|begin|first|where|position|end
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    rows = []
    for h, n in zip(hidden, attention_mask.sum(dim=1).tolist()):
        rows.append(h[:n].sum(dim=0) / max(n, 1))
    return torch.stack(rows)
