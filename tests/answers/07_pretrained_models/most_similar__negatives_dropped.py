# exercise: most_similar
# expect: wrong
# meant: only positive similarities are returned
# about: negativ|positive|below (0|zero)|opposite|left out|drop
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    sims = (F.normalize(vectors.double(), dim=1) @ F.normalize(query.double(), dim=0)).tolist()
    ranked = sorted(range(len(sims)), key=lambda i: (-sims[i], i))
    return [(i, sims[i]) for i in ranked if sims[i] >= 0][:k]
