# exercise: training_memory
# expect: right
# meant: makes the tensors on the meta device and asks them for their bytes
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    def room(count, kind):
        return torch.empty(count, dtype=kind, device="meta").nbytes

    trained = num_parameters - frozen
    sizes = {
        "weights": room(num_parameters, dtype),
        "gradients": room(trained, dtype),
        "master": room(trained if dtype.itemsize == 2 else 0, torch.float32),
        "adam": 2 * room(trained, torch.float32),
    }
    sizes["total"] = sum(sizes.values())
    return sizes
