# exercise: training_memory
# expect: right
# meant: a look-up of the bytes a parameter by width
def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    per_parameter = {2: (2, 2, 12), 4: (4, 4, 8), 8: (8, 8, 8)}[bytes_per_weight]
    w, g, o = (num_parameters * b for b in per_parameter)
    return {"total": w + g + o + activations, "activations": activations, "optimizer": o, "gradients": g, "weights": w}
