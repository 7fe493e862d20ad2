# exercise: sinusoidal_positions
# expect: wrong
# meant: 2 * i // d_model is 0: all hands turn with speed 1
# about: exponent|divi|integer|speed|frequen|hand|slow|2i|\bturn
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    pe = torch.zeros(length, d_model)
    for p in range(length):
        for i in range(d_model // 2):
            angle = p / 10000 ** (2 * i // d_model)
            pe[p, 2 * i] = math.sin(angle)
            pe[p, 2 * i + 1] = math.cos(angle)
    return pe
