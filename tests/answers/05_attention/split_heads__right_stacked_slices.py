# exercise: split_heads
# expect: right
# meant: one slice for each head, stacked as dimension 1
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    d = x.shape[2] // num_heads
    return torch.stack([x[:, :, h * d : h * d + d] for h in range(num_heads)], dim=1)
