# exercise: training_memory
# expect: right
# meant: bytes a parameter as two rows of a table (trained, frozen), multiplied with plain loops
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    half = dtype is not torch.float32
    b = (4, 2)[half]
    trained_row = [b, b, 4 * half, 8]
    frozen_row = [b, 0, 0, 0]
    counts = [t * (num_parameters - frozen) + f * frozen for t, f in zip(trained_row, frozen_row)]
    return dict(zip("weights gradients master adam total".split(), counts + [sum(counts)]))
