# exercise: sinusoidal_positions
# expect: wrong
# meant: linspace up to exponent 1: divides by (pairs - 1), as tensor2tensor does
# about: exponent|2i|last|speed|frequen|slow|d_model|hand|\bturn
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    exponents = torch.linspace(0, 1, d_model // 2)
    a = torch.arange(length)[:, None] / 10000**exponents
    return torch.stack((a.sin(), a.cos()), dim=-1).flatten(1)
