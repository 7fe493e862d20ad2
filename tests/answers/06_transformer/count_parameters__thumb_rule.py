# exercise: count_parameters
# expect: wrong
# meant: 12 d^2 a block and the tables, the rule of thumb of the summary
# about: 12|bias|norms?\b|normali|rule of thumb|approx|d_ff|4 ?d|four times
def count_parameters(
    num_layers: int, d_model: int, d_ff: int, vocab_size: int, max_length: int, *, tied: bool = True
) -> int:
    total = num_layers * 12 * d_model**2 + (vocab_size + max_length) * d_model
    return total if tied else total + vocab_size * d_model
