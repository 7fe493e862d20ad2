# exercise: training_memory
# expect: wrong
# meant: one number for each parameter instead of two
# about: adam|\btwo\b|states|running mean
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    trained = num_parameters - frozen
    parts = {}
    parts["weights"] = num_parameters * dtype.itemsize
    parts["gradients"] = trained * dtype.itemsize
    parts["master"] = trained * 4 if dtype in (torch.bfloat16, torch.float16) else 0
    parts["adam"] = trained * 4
    parts["total"] = sum(parts.values())
    return parts
