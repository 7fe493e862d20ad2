# exercise: sample_token
# expect: right
# meant: torch, cut by a count, searchsorted with right=True
def sample_token(logits: Tensor, u: float, *, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0) -> int:
    if temperature == 0:
        best = logits.max()
        return int(torch.nonzero(logits == best)[0, 0])
    shifted = logits.double() - logits.double().max()
    probs = (shifted / temperature).softmax(-1)
    order = torch.argsort(probs, descending=True, stable=True)
    if top_k:
        order = order[:top_k]
    line = probs[order] / probs[order].sum()
    if top_p < 1.0:
        reached = torch.nonzero(line.cumsum(0) >= top_p)
        if len(reached):
            line = line[: int(reached[0, 0]) + 1]
            line = line / line.sum()
    possible = int((line > 0).sum())
    edge = torch.tensor(float(u), dtype=torch.float64, device=line.device)
    place = int(torch.searchsorted(line.cumsum(0), edge, right=True))
    return order[min(place, possible - 1)].item()
