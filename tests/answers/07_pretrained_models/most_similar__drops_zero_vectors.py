# exercise: most_similar
# expect: wrong
# meant: leaves zero vectors out, instead of a similarity of 0
# about: zero
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    result = []
    for i, v in enumerate(vectors.double()):
        length = v.norm() * query.double().norm()
        if length == 0:
            continue
        result.append((i, float(v @ query.double() / length)))
    result.sort(key=lambda pair: -pair[1])
    return result[:k]
