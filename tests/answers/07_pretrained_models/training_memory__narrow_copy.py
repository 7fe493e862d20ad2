# exercise: training_memory
# expect: wrong
# meant: the copy is as wide as the narrow weights, not float32
# about: copy|float32
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    weights = num_parameters * bytes_per_weight
    gradients = num_parameters * bytes_per_weight
    optimizer = num_parameters * 8
    if bytes_per_weight < 4:
        optimizer += weights
    total = weights + gradients + optimizer + activations
    return dict(weights=weights, gradients=gradients, optimizer=optimizer, activations=activations, total=total)
