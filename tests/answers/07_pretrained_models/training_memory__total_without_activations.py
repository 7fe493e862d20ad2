# exercise: training_memory
# expect: wrong
# meant: activations are missing from the total
# about: activation
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    master = 4 if bytes_per_weight < 4 else 0
    weights = num_parameters * bytes_per_weight
    optimizer = num_parameters * (8 + master)
    return {
        "weights": weights,
        "gradients": weights,
        "optimizer": optimizer,
        "activations": activations,
        "total": 2 * weights + optimizer,
    }
