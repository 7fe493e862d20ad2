# exercise: sinusoidal_positions
# expect: wrong
# meant: p times 10000^(...): the sign of the exponent is wrong
# about: divid|\bsigns?\b|exponent|multipl|slow|fast|speed|negative|frequen|hand|\bturn
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    a = torch.arange(length)[:, None] * 10000.0 ** (torch.arange(0, d_model, 2) / d_model)
    pe = torch.empty(length, d_model)
    pe[:, 0::2] = a.sin()
    pe[:, 1::2] = a.cos()
    return pe
