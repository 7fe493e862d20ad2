# exercise: training_memory
# expect: wrong
# meant: subtracts the frozen parameters from the weights too
# about: weights|frozen
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    n = num_parameters - frozen
    parts = {
        "weights": n * dtype.itemsize,
        "gradients": n * dtype.itemsize,
        "master": n * 4 if dtype.itemsize == 2 else 0,
        "adam": 2 * 4 * n,
    }
    parts["total"] = sum(parts.values())
    return parts
