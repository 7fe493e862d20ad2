# exercise: training_memory
# expect: wrong
# meant: gives GB, as people speak of them
# about: \bGB\b|giga|\bbytes\b|unit|10\*\*9|float
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    size = dtype.itemsize
    trained = num_parameters - frozen
    parts = {
        "weights": num_parameters * size,
        "gradients": trained * size,
        "master": trained * 4 if size == 2 else 0,
        "adam": trained * 8,
    }
    parts["total"] = sum(parts.values())
    return {name: count / 1e9 for name, count in parts.items()}
