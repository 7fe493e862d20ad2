# exercise: sinusoidal_positions
# expect: wrong
# meant: each column has a frequency of its own, sine and cosine do not share an angle
# about: same angle|pair|share|2i|column|exponent|\bodd\b|cosine
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    angles = torch.arange(length)[:, None] / 10000 ** (torch.arange(d_model) / d_model)
    pe = angles.clone()
    pe[:, 0::2] = angles[:, 0::2].sin()
    pe[:, 1::2] = angles[:, 1::2].cos()
    return pe
