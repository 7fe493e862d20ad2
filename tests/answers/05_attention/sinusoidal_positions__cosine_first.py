# exercise: sinusoidal_positions
# expect: wrong
# meant: cosine in the even columns, sine in the odd ones
# about: sine|cosine|swap|\beven\b|\bodd\b|first|order|exchang
def sinusoidal_positions(length: int, d_model: int) -> Tensor:
    a = torch.arange(length)[:, None] * 10000.0 ** (-torch.arange(0, d_model, 2) / d_model)
    pe = torch.empty(length, d_model)
    pe[:, 0::2] = a.cos()
    pe[:, 1::2] = a.sin()
    return pe
