# exercise: sinusoidal_positions
# expect: wrong
# meant: exponent i / d_model, without the factor 2
# about: 2i|exponent|twice|factor|speed|slow|frequen|pair|hand|\bturn
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    p = torch.arange(length, dtype=torch.float).unsqueeze(1)
    i = torch.arange(d_model // 2)
    angles = p / 10000 ** (i / d_model)
    pe = torch.zeros(length, d_model)
    pe[:, 0::2] = torch.sin(angles)
    pe[:, 1::2] = torch.cos(angles)
    return pe
