# exercise: sinusoidal_positions
# expect: wrong
# meant: (1, length, d_model), as a buffer in tutorials
# about: shape|dimension|batch|squeeze
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    pe = torch.zeros(length, d_model)
    position = torch.arange(0, length).unsqueeze(1).float()
    div_term = torch.exp(torch.arange(0, d_model, 2).float() * -(math.log(10000.0) / d_model))
    pe[:, 0::2] = torch.sin(position * div_term)
    pe[:, 1::2] = torch.cos(position * div_term)
    return pe.unsqueeze(0)
