# exercise: sample_token
# expect: right
# meant: lists and loops without tensors
def sample_token(logits: Tensor, u: float, *, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0) -> int:
    scores = [float(s) for s in logits.tolist()]
    if temperature == 0:
        return scores.index(max(scores))
    top = max(scores)
    weights = [math.exp((s - top) / temperature) for s in scores]
    whole = math.fsum(weights)
    line = sorted(((-w / whole, i) for i, w in enumerate(weights)))
    if top_k:
        line = line[:top_k]
        part = -math.fsum(p for p, _ in line)
        line = [(p / part, i) for p, i in line]
    if top_p < 1:
        total, kept = 0.0, []
        for p, i in line:
            kept.append((p, i))
            total -= p
            if total >= top_p:
                break
        line = [(p / total, i) for p, i in kept]
    total, answer = 0.0, line[0][1]
    for p, i in line:
        if p == 0:
            break
        total -= p
        answer = i
        if total > u:
            break
    return answer
