# exercise: most_similar
# expect: wrong
# meant: divides by the length of the vectors, not by that of the query
# about: query|length|norm
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    units = F.normalize(vectors.double(), dim=1)
    sims = (units @ query.double()).tolist()
    ranked = sorted(range(len(sims)), key=lambda i: (-sims[i], i))
    return [(i, sims[i]) for i in ranked[:k]]
