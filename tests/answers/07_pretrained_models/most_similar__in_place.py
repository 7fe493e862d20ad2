# exercise: most_similar
# expect: wrong
# meant: normalizes the caller's vectors in place
# about: in.?place|argument|unchanged|mutat|modif|chang
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    lengths = vectors.norm(dim=1, keepdim=True)
    lengths[lengths == 0] = 1
    vectors /= lengths
    sims = vectors @ query / (query.norm() if query.any() else 1)
    sims = sims.tolist()
    ranked = sorted(range(len(sims)), key=lambda i: (-sims[i], i))
    return [(i, sims[i]) for i in ranked[:k]]
