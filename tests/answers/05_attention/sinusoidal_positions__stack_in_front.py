# exercise: sinusoidal_positions
# expect: wrong
# meant: stacked along dimension 1 before the reshape: halves again, in disguise
# about: alternat|interleav|half|halves|column|adjacent|\beven\b|\bodd\b|order|pair
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    w = 10000.0 ** (-torch.arange(0, d_model, 2) / d_model)
    a = torch.outer(torch.arange(length).float(), w)
    return torch.stack((torch.sin(a), torch.cos(a)), dim=1).reshape(length, d_model)
