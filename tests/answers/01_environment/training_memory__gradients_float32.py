# exercise: training_memory
# expect: wrong
# meant: gradients always in float32, as autocast does it
# about: gradient
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    trained = num_parameters - frozen
    master = 4 * trained if dtype.itemsize == 2 else 0
    weights, gradients, adam = num_parameters * dtype.itemsize, 4 * trained, 8 * trained
    return dict(weights=weights, gradients=gradients, master=master, adam=adam,
                total=weights + gradients + master + adam)
