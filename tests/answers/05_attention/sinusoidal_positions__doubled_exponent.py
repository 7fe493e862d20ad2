# exercise: sinusoidal_positions
# expect: wrong
# meant: arange(0, d_model, 2) already is 2i, and is doubled once more
# about: 2i|exponent|twice|doubl|factor|speed|frequen|pair|hand|\bturn
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    pe = torch.zeros(length, d_model)
    for p in range(length):
        for i in range(0, d_model, 2):
            pe[p, i] = math.sin(p / 10000 ** (2 * i / d_model))
            pe[p, i + 1] = math.cos(p / 10000 ** (2 * i / d_model))
    return pe
