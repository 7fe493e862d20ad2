# exercise: sinusoidal_positions
# expect: right
# meant: plain Python numbers in nested lists
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    turn = (math.sin, math.cos)
    table = [
        [turn[column % 2](p / 10000 ** ((column - column % 2) / d_model)) for column in range(d_model)]
        for p in range(length)
    ]
    return torch.tensor(table, dtype=torch.float32).view(length, d_model)
