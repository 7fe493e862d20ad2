# exercise: training_memory
# expect: right
# meant: the total comes first, from the rule of 16 bytes, adam is what is left
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    trained, size = num_parameters - frozen, dtype.itemsize
    out = {"total": 16 * trained + size * frozen}
    out["weights"] = size * num_parameters
    out["gradients"] = size * trained
    out["master"] = {2: 4, 4: 0}[size] * trained
    out["adam"] = 2 * out["total"] - sum(out.values())
    return out
