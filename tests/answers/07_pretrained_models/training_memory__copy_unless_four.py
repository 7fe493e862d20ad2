# exercise: training_memory
# expect: wrong
# meant: adds the copy for eight-byte weights, too
# about: copy|narrower|\b8\b|eight|float64|wider
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    weights = num_parameters * bytes_per_weight
    gradients = num_parameters * bytes_per_weight
    optimizer = num_parameters * 8
    if bytes_per_weight != 4:
        optimizer += num_parameters * 4
    total = weights + gradients + optimizer + activations
    return dict(weights=weights, gradients=gradients, optimizer=optimizer, activations=activations, total=total)
