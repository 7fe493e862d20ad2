# exercise: most_similar
# expect: right
# meant: plain lists and math
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    q = query.tolist()
    scored = []
    for place, v in enumerate(vectors.tolist()):
        lengths = math.hypot(*q) * math.hypot(*v)
        similarity = math.fsum(a * b for a, b in zip(q, v)) / lengths if lengths else 0.0
        scored.append((-similarity, place))
    scored.sort()
    return [(place, -negative) for negative, place in scored][:k]
