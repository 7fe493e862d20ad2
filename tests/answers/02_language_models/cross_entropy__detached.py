# exercise: cross_entropy
# expect: wrong
# meant: returns a fresh tensor made of a Python number: no gradient
# about: gradient|grad\b|backward|detach|\.item|item\(|differentiab|graph|flow|new tensor
def cross_entropy(logits, targets, ignore_index=-100):
    V = logits.shape[-1]
    x, y = logits.reshape(-1, V).tolist(), targets.reshape(-1).tolist()
    losses = []
    for row, t in zip(x, y):
        if t == ignore_index:
            continue
        m = max(row)
        losses.append(m + math.log(sum(math.exp(v - m) for v in row)) - row[t])
    return torch.tensor(sum(losses) / len(losses) if losses else 0.0, dtype=logits.dtype)
