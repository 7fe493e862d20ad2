# exercise: training_memory
# expect: wrong
# meant: gradients are always four bytes
# about: gradient
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    copy = 4 if bytes_per_weight < 4 else 0
    memory = {
        "weights": num_parameters * bytes_per_weight,
        "gradients": num_parameters * 4,
        "optimizer": num_parameters * (2 * 4 + copy),
        "activations": activations,
    }
    memory["total"] = sum(memory.values())
    return memory
