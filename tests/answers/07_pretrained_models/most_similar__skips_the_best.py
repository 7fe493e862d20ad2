# exercise: most_similar
# expect: wrong
# meant: skips the first hit as if it were the query itself
# about: first|best|skip|itself|leaves? out|missing
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    sims = (F.normalize(vectors.double(), dim=1) @ F.normalize(query.double(), dim=0)).tolist()
    ranked = sorted(range(len(sims)), key=lambda i: (-sims[i], i))
    return [(i, sims[i]) for i in ranked[1 : k + 1]]
