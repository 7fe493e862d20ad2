# exercise: count_parameters
# expect: wrong
# meant: a norm counted with its weight only, without the bias
# about: bias|2 ?\* ?d|2d|two (vectors|parameters|numbers)|norm.*(weight|twice)|beta
def count_parameters(
    num_layers: int, d_model: int, d_ff: int, vocab_size: int, max_length: int, *, tied: bool = True
) -> int:
    attention = 4 * (d_model * d_model + d_model)
    feed_forward = d_model * d_ff + d_ff + d_ff * d_model + d_model
    norms = 2 * d_model
    total = num_layers * (attention + feed_forward + norms)
    total += vocab_size * d_model + max_length * d_model
    total += d_model
    if not tied:
        total += vocab_size * d_model
    return total
