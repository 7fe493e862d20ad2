# exercise: sinusoidal_positions
# expect: wrong
# meant: the length instead of 10000 in the base
# about: 10000|10,000|base|length|speed|frequen|hand|\bturn
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    a = torch.arange(length)[:, None] / float(max(length, 2)) ** (torch.arange(0, d_model, 2) / d_model)
    return torch.stack((a.sin(), a.cos()), dim=-1).flatten(1)
