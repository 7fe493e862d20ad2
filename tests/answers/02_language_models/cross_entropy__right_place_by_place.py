# exercise: cross_entropy
# expect: right
# meant: a plain Python loop over the places, with a running total and a counter
def cross_entropy(logits: Tensor, targets: Tensor, ignore_index: int = -100) -> Tensor:
    size = logits.shape[-1]
    table = logits.reshape(-1, size)
    total = table[:0].double().sum()  # 0, but joined to the logits
    n = 0
    for i, y in enumerate(targets.reshape(-1).tolist()):
        if y == ignore_index:
            continue
        x = table[i].double()
        x = x - max(x.tolist())
        total = total + x.exp().sum().log() - x[y]
        n += 1
    if n == 0:
        return total.to(logits.dtype)
    return (total / n).to(logits.dtype)
