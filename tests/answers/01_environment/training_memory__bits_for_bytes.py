# exercise: training_memory
# expect: wrong
# meant: multiplies with the number of bits
# about: \bbits?\b|\bbytes?\b|eight|\b8\b|itemsize
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    bits = torch.finfo(dtype).bits
    trained = num_parameters - frozen
    parts = {
        "weights": num_parameters * bits,
        "gradients": trained * bits,
        "master": trained * 32 if bits == 16 else 0,
        "adam": trained * 64,
    }
    parts["total"] = sum(parts.values())
    return parts
