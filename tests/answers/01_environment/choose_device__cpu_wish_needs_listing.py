# exercise: choose_device
# expect: wrong
# meant: the wish "cpu" is met only if available lists the cpu
# about: \bcpu\b|always there|not list
def choose_device(preferred, available):
    if preferred not in ("auto", "cuda", "mps", "cpu"):
        raise ValueError(preferred)
    if preferred in available:
        return preferred
    for name in DEVICE_ORDER:
        if name in available:
            return name
    return "cpu"
