# exercise: choose_device
# expect: wrong
# meant: the loop ends without a return where available does not list the cpu
# about: \bcpu\b|None|always there|empty
def choose_device(preferred, available):
    if preferred not in ("auto", "cuda", "mps", "cpu"):
        raise ValueError("preferred must be auto, cuda, mps or cpu")
    if preferred in available:
        return preferred
    for name in DEVICE_ORDER:
        if name in available:
            return name
