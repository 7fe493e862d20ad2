# exercise: most_similar
# expect: wrong
# meant: pairs of (similarity, place)
# about: pair|swap|exchang|\(place|place first|similarity first|order
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    sims = (F.normalize(vectors.double(), dim=1) @ F.normalize(query.double(), dim=0)).tolist()
    ranked = sorted(range(len(sims)), key=lambda i: (-sims[i], i))
    return [(sims[i], i) for i in ranked[:k]]
