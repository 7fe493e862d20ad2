# exercise: training_memory
# expect: wrong
# meant: the master copy is made in the same 16 bits
# about: master|float32 copy
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    size = dtype.itemsize
    trained = num_parameters - frozen
    parts = {
        "weights": num_parameters * size,
        "gradients": trained * size,
        "master": trained * size if size == 2 else 0,
        "adam": trained * 8,
    }
    return parts | {"total": sum(parts.values())}
