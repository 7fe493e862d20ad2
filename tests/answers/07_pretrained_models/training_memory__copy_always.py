# exercise: training_memory
# expect: wrong
# meant: adds the float32 copy for float32 weights, too
# about: copy|narrower
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    weights = num_parameters * bytes_per_weight
    gradients = weights
    optimizer = num_parameters * (4 + 4 + 4)
    return {
        "weights": weights,
        "gradients": gradients,
        "optimizer": optimizer,
        "activations": activations,
        "total": weights + gradients + optimizer + activations,
    }
