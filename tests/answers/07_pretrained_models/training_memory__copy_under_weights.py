# exercise: training_memory
# expect: wrong
# meant: the float32 copy is booked under weights, not under optimizer
# about: copy
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    weights = num_parameters * bytes_per_weight
    gradients = num_parameters * bytes_per_weight
    optimizer = num_parameters * 8
    if bytes_per_weight < 4:
        weights += num_parameters * 4
    total = weights + gradients + optimizer + activations
    return dict(weights=weights, gradients=gradients, optimizer=optimizer, activations=activations, total=total)
