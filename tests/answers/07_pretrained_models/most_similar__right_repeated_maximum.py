# exercise: most_similar
# expect: right
# meant: picks the largest k times by hand
def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    q, v = query.double(), vectors.double()
    lengths = q.norm() * v.norm(dim=1)
    cosine = torch.where(lengths == 0, 0.0, (v * q).sum(dim=1) / torch.where(lengths == 0, 1.0, lengths)).tolist()
    left, found = list(range(len(cosine))), []
    while left and len(found) < k:
        best = left[0]
        for place in left:
            if cosine[place] > cosine[best]:
                best = place
        left.remove(best)
        found.append((best, cosine[best]))
    return found
