# exercise: training_memory
# expect: wrong
# meant: bytes as bits / 8: every count becomes a float
# about: \bints?\b|\bfloats?\b|whole|//|\btypes?\b
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    size = torch.finfo(dtype).bits / 8
    trained = num_parameters - frozen
    parts = {
        "weights": num_parameters * size,
        "gradients": trained * size,
        "master": trained * 4.0 if size == 2 else 0.0,
        "adam": trained * 8.0,
    }
    parts["total"] = sum(parts.values())
    return parts
