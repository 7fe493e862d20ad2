# exercise: most_similar
# expect: wrong
# meant: a dictionary from similarity to place loses all but one of the equals
# about: \bties?\b|equal|same similarity|duplicat|lost|loses|dictionary
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    sims = (F.normalize(vectors.double(), dim=1) @ F.normalize(query.double(), dim=0)).tolist()
    place = {}
    for i, s in enumerate(sims):
        place.setdefault(s, i)
    return [(place[s], s) for s in sorted(place, reverse=True)[:k]]
