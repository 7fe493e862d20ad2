# exercise: training_memory
# expect: wrong
# meant: Adam's numbers in the dtype of the model
# about: adam|states|float32
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    b = dtype.itemsize
    t = num_parameters - frozen
    w, g, a = num_parameters * b, t * b, 2 * t * b
    m = 4 * t if b == 2 else 0
    return {"weights": w, "gradients": g, "master": m, "adam": a, "total": w + g + m + a}
