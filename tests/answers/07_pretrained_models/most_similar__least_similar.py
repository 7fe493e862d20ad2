# exercise: most_similar
# expect: wrong
# meant: ascending order: the least similar first
# about: ascend|descend|least|most similar first|order|revers|largest first
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    sims = (F.normalize(vectors.double(), dim=1) @ F.normalize(query.double(), dim=0)).tolist()
    return sorted(enumerate(sims), key=lambda p: p[1])[:k]
