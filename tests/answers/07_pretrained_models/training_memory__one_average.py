# exercise: training_memory
# expect: wrong
# meant: counts one running average instead of two
# about: two|average|second|square|momentum|moment
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    weights = num_parameters * bytes_per_weight
    optimizer = num_parameters * 4
    if bytes_per_weight == 2:
        optimizer = optimizer + num_parameters * 4
    result = {"weights": weights, "gradients": weights, "optimizer": optimizer, "activations": activations}
    result["total"] = sum(result.values())
    return result
