# exercise: most_similar
# expect: wrong
# meant: dot products, not divided by the lengths
# about: length|norm|divid|dot product|scalar product|cosine
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    scores = (vectors @ query).tolist()
    ranked = sorted(enumerate(scores), key=lambda pair: -pair[1])
    return ranked[:k]
