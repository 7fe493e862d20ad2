# exercise: sample_token
# expect: wrong
# meant: top-p is applied before top-k
# about: order|before|first|then|after
def sample_token(logits: Tensor, u: float, *, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0) -> int:
    if temperature == 0:
        return int(logits.argmax())
    probs = torch.softmax(logits.double() / temperature, dim=0)
    probs, order = torch.sort(probs, descending=True, stable=True)
    if top_p < 1:
        count = int((probs.cumsum(0) < top_p).sum()) + 1
        probs = probs[:count]
        probs = probs / probs.sum()
    if top_k > 0:
        probs = probs[:top_k]
        probs = probs / probs.sum()
    place = int((probs.cumsum(0) <= u).sum())
    return int(order[min(place, len(probs) - 1)])
