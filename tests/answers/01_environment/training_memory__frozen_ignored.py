# exercise: training_memory
# expect: wrong
# meant: never looks at frozen, everything is trained
# about: frozen|trained
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    size = dtype.itemsize
    weights = num_parameters * size
    gradients = num_parameters * size
    master = num_parameters * 4 if size == 2 else 0
    adam = num_parameters * 8
    return {"weights": weights, "gradients": gradients, "master": master, "adam": adam,
            "total": weights + gradients + master + adam}
