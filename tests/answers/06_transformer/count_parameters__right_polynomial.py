# exercise: count_parameters
# expect: right
# meant: one formula, factored by hand
def count_parameters(
    num_layers: int, d_model: int, d_ff: int, vocab_size: int, max_length: int, *, tied: bool = True
) -> int:
    d = d_model
    return d * (num_layers * (4 * d + 9 + 2 * d_ff) + vocab_size * (2 - bool(tied)) + max_length + 2) + num_layers * d_ff
