# exercise: sinusoidal_positions
# expect: wrong
# meant: angles in degrees
# about: radian|degree
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    p = torch.arange(length)[:, None]
    w = 10000.0 ** (-torch.arange(0, d_model, 2) / d_model)
    a = torch.deg2rad(p * w)
    return torch.stack((a.sin(), a.cos()), dim=-1).reshape(length, d_model)
