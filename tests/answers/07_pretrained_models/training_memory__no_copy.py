# exercise: training_memory
# expect: wrong
# meant: never adds the float32 copy
# about: copy|narrower
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    r = {
        "weights": num_parameters * bytes_per_weight,
        "gradients": num_parameters * bytes_per_weight,
        "optimizer": 8 * num_parameters,
        "activations": activations,
    }
    r["total"] = sum(r.values())
    return r
