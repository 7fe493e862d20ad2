# exercise: merge_heads
# expect: right
# meant: einsum as a mere permutation, and flatten
def merge_heads(x: Tensor) -> Tensor:
    return torch.einsum("bhnd->bnhd", x).flatten(start_dim=-2)
