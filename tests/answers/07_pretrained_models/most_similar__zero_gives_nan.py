# exercise: most_similar
# expect: wrong
# meant: divides by zero for a zero vector
# about: nan|zero|0 ?/ ?0
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    sims = (vectors @ query) / (vectors.norm(dim=1) * query.norm())
    order = torch.argsort(sims, descending=True, stable=True)
    return [(i.item(), sims[i].item()) for i in order[:k]]
