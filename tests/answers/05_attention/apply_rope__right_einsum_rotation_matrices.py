# exercise: apply_rope
# expect: right
# meant: a 2 x 2 matrix for every position and pair, applied by einsum
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    pairs = x.unflatten(-1, (-1, 2))
    i = torch.arange(pairs.shape[-2], dtype=torch.float64)
    angle = positions[:, None].double() * torch.exp(-math.log(10000.0) * i / pairs.shape[-2])
    c, s = angle.cos(), angle.sin()
    matrices = torch.stack((torch.stack((c, -s), -1), torch.stack((s, c), -1)), -2).to(x.dtype)
    return torch.einsum("lpij,...lpj->...lpi", matrices, pairs).reshape(x.shape)
