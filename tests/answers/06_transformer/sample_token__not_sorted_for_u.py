# exercise: sample_token
# expect: wrong
# meant: u falls on the candidates in the order of the vocabulary
# about: sort|likeliest|largest|order|descending
def sample_token(logits: Tensor, u: float, *, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0) -> int:
    if temperature == 0:
        return int(logits.argmax())
    probs = torch.softmax(logits.double() / temperature, dim=0)
    ranked, order = torch.sort(probs, descending=True, stable=True)
    if top_k > 0:
        ranked = ranked[:top_k] / ranked[:top_k].sum()
    if top_p < 1:
        ranked = ranked[: int((ranked.cumsum(0) < top_p).sum()) + 1]
    kept = torch.zeros_like(probs)
    kept[order[: len(ranked)]] = ranked / ranked.sum()
    place = int((kept.cumsum(0) <= u).sum())
    return min(place, len(probs) - 1)
