# exercise: most_similar
# expect: wrong
# meant: topk raises where k is larger than n
# about: more than n|larger than|k ?> ?n|topk|\ball\b|out of range|too (large|many)
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    q, v = query.double(), vectors.double()
    lengths = v.norm(dim=1) * q.norm()
    scores = torch.where(lengths > 0, (v @ q) / lengths.clamp(min=1e-300), torch.zeros_like(lengths))
    values, _ = torch.topk(scores, k)
    order = torch.sort(scores, descending=True, stable=True).indices[:k]
    return [(int(i), float(s)) for i, s in zip(order, values)]
