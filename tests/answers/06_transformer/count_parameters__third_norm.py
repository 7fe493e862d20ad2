# exercise: count_parameters
# expect: wrong
# meant: counts a third norm in each block, as in a decoder with cross-attention
# about: two norm|2 norm|third|three|norms? (in|per|of) (a|each|every) block|cross|number of norm|too many norm
def count_parameters(
    num_layers: int, d_model: int, d_ff: int, vocab_size: int, max_length: int, *, tied: bool = True
) -> int:
    attention = 4 * (d_model * d_model + d_model)
    feed_forward = d_model * d_ff + d_ff + d_ff * d_model + d_model
    norms = 3 * 2 * d_model
    total = num_layers * (attention + feed_forward + norms)
    total += vocab_size * d_model + max_length * d_model
    total += 2 * d_model
    if not tied:
        total += vocab_size * d_model
    return total
