# exercise: most_similar
# expect: wrong
# meant: the negative Euclidean distance instead of the cosine
# about: distance|euclid|cosine|angle
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    sims = (-(vectors - query).norm(dim=1)).tolist()
    ranked = sorted(range(len(sims)), key=lambda i: (-sims[i], i))
    return [(i, sims[i]) for i in ranked[:k]]
