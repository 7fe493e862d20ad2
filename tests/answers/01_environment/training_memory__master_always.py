# exercise: training_memory
# expect: wrong
# meant: keeps a master copy also for float32
# about: master|16.bits?
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    trained = num_parameters - frozen
    parts = {
        "weights": num_parameters * dtype.itemsize,
        "gradients": trained * dtype.itemsize,
        "master": trained * 4,
        "adam": trained * 8,
    }
    parts["total"] = sum(parts.values())
    return parts
