# exercise: cross_entropy
# expect: right
# meant: log-sum-exp by a tournament: the two halves of the vocabulary are joined with logaddexp until one column is left
def cross_entropy(logits: Tensor, targets: Tensor, ignore_index: int = -100) -> Tensor:
    wanted = targets != ignore_index
    rows = logits[wanted].double()
    labels = targets[wanted]
    if rows.dim() == 1:
        rows, labels = rows[None], labels.reshape(1)
    lse = rows
    while lse.shape[1] > 1:
        half = lse.shape[1] // 2
        joined = torch.logaddexp(lse[:, :half], lse[:, half : 2 * half])
        lse = torch.cat([joined, lse[:, 2 * half :]], dim=1)
    losses = lse[:, 0] - rows.gather(1, labels[:, None])[:, 0]
    return (losses.sum() / max(len(losses), 1)).to(logits.dtype)
