# exercise: choose_device
# expect: wrong
# meant: returns a torch.device, the name would do
# about: torch\.device|string|\bstr\b|\btype\b|\bname\b|device\(
def choose_device(preferred, available):
    if preferred not in ("auto", "cuda", "mps", "cpu"):
        raise ValueError(preferred)
    if preferred == "cpu" or preferred in available:
        return torch.device(preferred)
    for name in ("cuda", "mps"):
        if name in available:
            return torch.device(name)
    return torch.device("cpu")
