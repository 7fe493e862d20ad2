# exercise: count_parameters
# expect: wrong
# meant: d_ff taken as 4 * d_model
# about: d_ff|4 ?\* ?d|four times|4d
def count_parameters(
    num_layers: int, d_model: int, d_ff: int, vocab_size: int, max_length: int, *, tied: bool = True
) -> int:
    attention = 4 * (d_model * d_model + d_model)
    feed_forward = 8 * d_model * d_model + 5 * d_model
    norms = 2 * 2 * d_model
    total = num_layers * (attention + feed_forward + norms)
    total += vocab_size * d_model + max_length * d_model
    total += 2 * d_model
    if not tied:
        total += vocab_size * d_model
    return total
