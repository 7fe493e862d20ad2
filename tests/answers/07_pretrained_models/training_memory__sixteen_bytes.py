# exercise: training_memory
# expect: wrong
# meant: the total by the rule of thumb of 16 bytes, wrong for weights of 8
# about: total|\b16\b|sixteen|\b8\b|eight|sum
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    weights = num_parameters * bytes_per_weight
    return {
        "weights": weights,
        "gradients": weights,
        "optimizer": num_parameters * (12 if bytes_per_weight == 2 else 8),
        "activations": activations,
        "total": 16 * num_parameters + activations,
    }
