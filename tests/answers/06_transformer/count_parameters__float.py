# exercise: count_parameters
# expect: wrong
# meant: the result is a float
# about: \bint\b|float|integer|type|whole number
def count_parameters(
    num_layers: int, d_model: int, d_ff: int, vocab_size: int, max_length: int, *, tied: bool = True
) -> int:
    block = 4 * d_model**2 * (1 + 0.5 * d_ff / d_model) + 9 * d_model + d_ff
    tables = (vocab_size * (1 if tied else 2) + max_length) * d_model
    return num_layers * block + tables + 2.0 * d_model
