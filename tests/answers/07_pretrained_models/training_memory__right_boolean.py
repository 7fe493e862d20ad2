# exercise: training_memory
# expect: right
# meant: arithmetic with a comparison
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    memory = dict.fromkeys(("weights", "gradients"), num_parameters * bytes_per_weight)
    memory.update(optimizer=4 * num_parameters * (2 + (bytes_per_weight < 4)), activations=activations)
    return {**memory, "total": sum(memory.values())}
