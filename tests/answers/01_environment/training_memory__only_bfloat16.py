# exercise: training_memory
# expect: wrong
# meant: tests for bfloat16 only, float16 gets no master copy
# about: float16|master|16.bits?
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    size = dtype.itemsize
    trained = num_parameters - frozen
    parts = {
        "weights": num_parameters * size,
        "gradients": trained * size,
        "master": trained * 4 if dtype == torch.bfloat16 else 0,
        "adam": trained * 8,
    }
    parts["total"] = sum(parts.values())
    return parts
