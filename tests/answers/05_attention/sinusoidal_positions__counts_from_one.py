# exercise: sinusoidal_positions
# expect: wrong
# meant: positions begin at 1
# about: position|count|start|begin|first row|row 0|from 0
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    p = torch.arange(1, length + 1)[:, None]
    w = 10000.0 ** (-torch.arange(0, d_model, 2) / d_model)
    return torch.stack(((p * w).sin(), (p * w).cos()), dim=-1).reshape(length, d_model)
