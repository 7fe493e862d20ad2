# exercise: choose_device
# expect: wrong
# meant: puts the cpu into `available` itself: fails for sets and changes the caller's list
# about: append|chang|modif|mutat|\bset\b|AttributeError|caller
def choose_device(preferred, available):
    if preferred not in ("auto", "cuda", "mps", "cpu"):
        raise ValueError(preferred)
    if "cpu" not in available:
        available.append("cpu")
    if preferred in available:
        return preferred
    for name in DEVICE_ORDER:
        if name in available:
            return name
