# exercise: sinusoidal_positions
# expect: right
# meant: a hand is a complex number; position p is its p-th power
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    omega = 10000.0 ** (-torch.arange(0, d_model, 2, dtype=torch.float64) / d_model)
    angles = torch.arange(length, dtype=torch.float64)[:, None] * omega
    hands = torch.polar(torch.ones_like(angles), angles)
    return torch.view_as_real(hands).flip(-1).flatten(1).float()
