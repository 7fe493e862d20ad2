# exercise: count_parameters
# expect: wrong
# meant: untied: matrices of their own for the positions too
# about: position|max_length|untied|tied|output matrix
def count_parameters(
    num_layers: int, d_model: int, d_ff: int, vocab_size: int, max_length: int, *, tied: bool = True
) -> int:
    attention = 4 * (d_model * d_model + d_model)
    feed_forward = d_model * d_ff + d_ff + d_ff * d_model + d_model
    norms = 2 * 2 * d_model
    total = num_layers * (attention + feed_forward + norms)
    total += vocab_size * d_model + max_length * d_model
    total += 2 * d_model
    if not tied:
        total += (vocab_size + max_length) * d_model
    return total
