# exercise: count_parameters
# expect: wrong
# meant: adds up in a tensor and returns it
# about: \bint\b|tensor|type|item
def count_parameters(
    num_layers: int, d_model: int, d_ff: int, vocab_size: int, max_length: int, *, tied: bool = True
) -> int:
    shapes = [(vocab_size, d_model), (max_length, d_model), (2, d_model)]
    if not tied:
        shapes.append((vocab_size, d_model))
    for _ in range(num_layers):
        shapes += [(d_model, d_model + 1)] * 4 + [(d_model + 1, d_ff), (d_ff + 1, d_model), (4, d_model)]
    return torch.tensor(shapes).prod(dim=1).sum()
