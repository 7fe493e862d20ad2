# exercise: most_similar
# expect: wrong
# meant: places count from 1
# about: from 1|from one|from 0|from zero|off by one|one too|place
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    sims = (F.normalize(vectors.double(), dim=1) @ F.normalize(query.double(), dim=0)).tolist()
    ranked = sorted(enumerate(sims, start=1), key=lambda p: (-p[1], p[0]))
    return ranked[:k]
