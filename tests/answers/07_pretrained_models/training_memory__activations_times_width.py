# exercise: training_memory
# expect: wrong
# meant: takes activations for a count and multiplies it by the width
# about: activation
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    copy = 4 if bytes_per_weight < 4 else 0
    memory = {
        "weights": num_parameters * bytes_per_weight,
        "gradients": num_parameters * bytes_per_weight,
        "optimizer": num_parameters * (2 * 4 + copy),
        "activations": activations * bytes_per_weight,
    }
    memory["total"] = sum(memory.values())
    return memory
