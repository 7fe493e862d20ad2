# exercise: most_similar
# expect: wrong
# meant: sorts pairs in reverse, so that the larger place comes first among equals
# about: \bties?\b|equal|smaller place|same similarity|tied|as similar
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    pairs = []
    for i in range(len(vectors)):
        a = float(query.double().norm() * vectors[i].double().norm())
        s = 0.0 if a == 0 else float(query.double() @ vectors[i].double()) / a
        pairs.append((s, i))
    pairs.sort(reverse=True)
    return [(i, s) for s, i in pairs[:k]]
