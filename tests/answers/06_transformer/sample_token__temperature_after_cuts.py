# exercise: sample_token
# expect: wrong
# meant: temperature is applied last, to what the cuts have left
# about: temperature|order|first|before|after
def sample_token(logits: Tensor, u: float, *, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0) -> int:
    if temperature == 0:
        return int(logits.argmax())
    probs = torch.softmax(logits.double(), dim=0)
    probs, order = torch.sort(probs, descending=True, stable=True)
    if top_k > 0:
        probs = probs[:top_k] / probs[:top_k].sum()
    if top_p < 1:
        count = min(int((probs.cumsum(0) < top_p).sum()) + 1, len(probs))
        probs = probs[:count]
    probs = torch.softmax(probs.log() / temperature, dim=0)
    place = int((probs.cumsum(0) <= u).sum())
    return int(order[min(place, len(probs) - 1)])
