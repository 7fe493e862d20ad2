# exercise: sinusoidal_positions
# expect: wrong
# meant: all sines on the left, all cosines on the right (tensor2tensor)
# about: alternat|interleav|half|halves|column|adjacent|\beven\b|\bodd\b|side by side
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    angles = torch.arange(length)[:, None] / 10000 ** (torch.arange(0, d_model, 2) / d_model)
    return torch.cat((angles.sin(), angles.cos()), dim=1)
