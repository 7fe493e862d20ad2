# exercise: training_memory
# expect: wrong
# meant: the two averages are as wide as the weights
# about: averages|always|float32|optimizer.*(4|four|eight|8)
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    weights = num_parameters * bytes_per_weight
    gradients = num_parameters * bytes_per_weight
    optimizer = 2 * num_parameters * bytes_per_weight
    if bytes_per_weight < 4:
        optimizer += 4 * num_parameters
    total = weights + gradients + optimizer + activations
    return dict(weights=weights, gradients=gradients, optimizer=optimizer, activations=activations, total=total)
