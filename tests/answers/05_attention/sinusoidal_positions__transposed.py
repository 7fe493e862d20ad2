# exercise: sinusoidal_positions
# expect: wrong
# meant: (d_model, length)
# about: shape|transpos|row|column|swap
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    a = 10000.0 ** (-torch.arange(0, d_model, 2)[:, None] / d_model) * torch.arange(length)
    return torch.stack((a.sin(), a.cos()), dim=1).reshape(d_model, length)
