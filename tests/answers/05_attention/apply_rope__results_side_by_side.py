# exercise: apply_rope
# expect: wrong
# meant: rotates adjacent pairs but puts them back as halves: numbers not at their old places
# about: old place|\bplaces?\b|order|interleav|half|halves|adjacent|pair|back
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    d = x.shape[-1]
    a = positions[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.cat((even * a.cos() - odd * a.sin(), even * a.sin() + odd * a.cos()), dim=-1)
