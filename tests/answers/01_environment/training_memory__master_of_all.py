# exercise: training_memory
# expect: wrong
# meant: a master copy of all weights, also of the frozen ones
# about: master|frozen|trained
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    size = dtype.itemsize
    trained = num_parameters - frozen
    parts = {
        "weights": num_parameters * size,
        "gradients": trained * size,
        "master": num_parameters * 4 if size == 2 else 0,
        "adam": trained * 8,
    }
    parts["total"] = sum(parts.values())
    return parts
