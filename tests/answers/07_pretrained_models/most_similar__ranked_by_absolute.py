# exercise: most_similar
# expect: wrong
# meant: ranks by the absolute value, gives the signed one
# about: absolut|\babs|sign|negativ|opposite|minus|[-−]1
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    sims = (F.normalize(vectors.double(), dim=1) @ F.normalize(query.double(), dim=0)).tolist()
    ranked = sorted(range(len(sims)), key=lambda i: (-abs(sims[i]), i))
    return [(i, sims[i]) for i in ranked[:k]]
