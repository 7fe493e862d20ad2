# exercise: training_memory
# expect: wrong
# meant: gives gigabytes instead of bytes
# about: byte|GB|giga|1e9|unit
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    weights = num_parameters * bytes_per_weight
    optimizer = num_parameters * (12 if bytes_per_weight == 2 else 8)
    result = {"weights": weights, "gradients": weights, "optimizer": optimizer, "activations": activations}
    result["total"] = sum(result.values())
    return {key: value / 1e9 for key, value in result.items()}
