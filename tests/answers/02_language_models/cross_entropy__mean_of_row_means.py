# exercise: cross_entropy
# expect: wrong
# meant: mean within each row, then over rows
# about: row|sentence|weigh|mean of (the )?means|same weight|over tokens|per token|equally
def cross_entropy(logits, targets, ignore_index=-100):
    V = logits.shape[-1]
    if targets.dim() < 2:
        logits, targets = logits.reshape(1, -1, V), targets.reshape(1, -1)
    logits = logits.reshape(-1, logits.shape[-2], V)
    targets = targets.reshape(-1, targets.shape[-1])
    rows = []
    for x, y in zip(logits, targets):
        if (y != ignore_index).any():
            rows.append(F.cross_entropy(x, y, ignore_index=ignore_index))
    if not rows:
        return logits.sum() * 0
    return torch.stack(rows).mean()
