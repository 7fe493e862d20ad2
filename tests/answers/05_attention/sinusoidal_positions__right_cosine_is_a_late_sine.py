# exercise: sinusoidal_positions
# expect: right
# meant: only sines: the odd columns are shifted by a quarter turn
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    columns = torch.arange(d_model).double()
    odd = columns.remainder(2)
    angles = torch.outer(torch.arange(length).double(), torch.pow(10000.0, (odd - columns) / d_model))
    return torch.sin(angles + odd * (math.pi / 2)).to(torch.get_default_dtype())
