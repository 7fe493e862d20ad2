# exercise: count_parameters
# expect: right
# meant: a list of all shapes and math.prod
def count_parameters(
    num_layers: int, d_model: int, d_ff: int, vocab_size: int, max_length: int, *, tied: bool = True
) -> int:
    square, vector = (d_model, d_model), (d_model,)
    block = [square, vector] * 4
    block += [(d_ff, d_model), (d_ff,), square[:1] + (d_ff,), vector]
    block += [vector] * 4
    rest = [(vocab_size, d_model), (max_length, d_model), vector, vector]
    if tied is False or not tied:
        rest = [(vocab_size, d_model)] + rest
    return sum(math.prod(shape) for shape in block * num_layers + rest)
