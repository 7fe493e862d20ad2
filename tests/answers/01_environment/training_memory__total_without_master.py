# exercise: training_memory
# expect: wrong
# meant: forgets the master copy in the sum
# about: total|\bsum\b|adds? up|master
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    trained = num_parameters - frozen
    weights = num_parameters * dtype.itemsize
    gradients = trained * dtype.itemsize
    if dtype == torch.float32:
        master = 0
    else:
        master = trained * 4
    adam = trained * 8
    total = weights + gradients + adam
    return {"weights": weights, "gradients": gradients, "master": master, "adam": adam, "total": total}
