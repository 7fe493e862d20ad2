# exercise: apply_rope
# expect: right
# meant: pairs are complex numbers, a rotation is a multiplication with e^(i angle)
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    d = x.shape[-1]
    theta = 10000.0 ** (-torch.arange(0, d, 2, dtype=torch.float64) / d)
    turn = torch.exp(1j * torch.outer(positions.double(), theta))
    z = torch.complex(x[..., ::2].double(), x[..., 1::2].double()) * turn
    return torch.view_as_real(z).flatten(-2).to(x.dtype)
