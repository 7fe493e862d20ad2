# exercise: most_similar
# expect: right
# meant: heapq.nsmallest on negative similarities
import heapq


def most_similar(query: Tensor, vectors: Tensor, k: int) -> list[tuple[int, float]]:
    def cosine(v: Tensor) -> float:
        a, b = query.detach().to(torch.float64), v.detach().to(torch.float64)
        denominator = float(a.norm()) * float(b.norm())
        return float(torch.dot(a, b)) / denominator if denominator > 0 else 0.0

    pairs = ((i, cosine(v)) for i, v in enumerate(vectors))
    return heapq.nsmallest(k, pairs, key=lambda p: (-p[1], p[0]))
