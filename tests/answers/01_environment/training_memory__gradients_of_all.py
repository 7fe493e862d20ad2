# exercise: training_memory
# expect: wrong
# meant: gradients also for frozen parameters, since backward passes through them
# about: gradient|frozen|trained
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    size = dtype.itemsize
    trained = num_parameters - frozen
    parts = {
        "weights": num_parameters * size,
        "gradients": num_parameters * size,
        "master": trained * 4 if size == 2 else 0,
        "adam": trained * 8,
    }
    parts["total"] = sum(parts.values())
    return parts
