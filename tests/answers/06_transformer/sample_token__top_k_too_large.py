# exercise: sample_token
# expect: wrong
# meant: torch.topk fails when top_k is larger than the vocabulary
# about: vocab|larger|top_k|topk|out of range|more than|too large|exceed
def sample_token(logits: Tensor, u: float, *, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0) -> int:
    if temperature == 0:
        return int(logits.argmax())
    logits = logits.double() / temperature
    probs, order = torch.sort(torch.softmax(logits, dim=0), descending=True, stable=True)
    if top_k > 0:
        probs, _ = torch.topk(probs, top_k)
        probs = probs / probs.sum()
    if top_p < 1:
        count = min(int((probs.cumsum(0) < top_p).sum()) + 1, len(probs))
        probs = probs[:count] / probs[:count].sum()
    place = int((probs.cumsum(0) <= u).sum())
    return int(order[min(place, len(probs) - 1)])
