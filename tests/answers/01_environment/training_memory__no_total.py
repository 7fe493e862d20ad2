# exercise: training_memory
# expect: wrong
# meant: forgot the entry total
# about: total|\bkeys?\b|missing
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    size = dtype.itemsize
    trained = num_parameters - frozen
    return {
        "weights": num_parameters * size,
        "gradients": trained * size,
        "master": trained * 4 if size == 2 else 0,
        "adam": trained * 8,
    }
