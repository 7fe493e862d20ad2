# exercise: training_memory
# expect: wrong
# meant: the rule of 16 bytes, one number for everything
# about: dict|\bkeys?\b|parts|weights
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    return 16 * (num_parameters - frozen) + frozen * dtype.itemsize
