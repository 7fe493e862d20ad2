# exercise: sample_token
# expect: right
# meant: numpy: stable argsort and searchsorted
import numpy as np


def sample_token(logits: Tensor, u: float, *, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0) -> int:
    z = logits.detach().cpu().double().numpy()
    if temperature == 0:
        return int(np.argmax(z))
    z = (z - z.max()) / temperature
    p = np.exp(z)
    p = p / p.sum()
    order = np.argsort(-p, kind="stable")
    p = p[order]
    if top_k > 0:
        p = p[:top_k] / p[:top_k].sum()
    if top_p < 1:
        n = np.searchsorted(np.cumsum(p), top_p, side="left") + 1
        p = p[:n] / p[:n].sum()
    p = p[p > 0]
    rank = np.searchsorted(np.cumsum(p), u, side="right")
    return int(order[min(rank, len(p) - 1)])
