# exercise: sample_token
# expect: wrong
# meant: logits times temperature
# about: temperature|divid|multipl|sharper
def sample_token(logits: Tensor, u: float, *, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0) -> int:
    if temperature == 0:
        return int(logits.argmax())
    probs = torch.softmax(logits.double() * temperature, dim=0)
    probs, order = torch.sort(probs, descending=True, stable=True)
    if top_k > 0:
        probs = probs[:top_k]
        probs = probs / probs.sum()
    if top_p < 1:
        reached = probs.cumsum(0) >= top_p
        count = int(reached.int().argmax()) + 1 if bool(reached.any()) else len(probs)
        probs = probs[:count]
        probs = probs / probs.sum()
    probs = probs[probs > 0]
    running = probs.cumsum(0)
    place = int((running <= u).sum())
    return int(order[min(place, len(probs) - 1)])
