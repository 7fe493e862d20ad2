# exercise: choose_device
# expect: wrong
# meant: a wish is granted without looking whether the machine has the device
# about: available|machine|cannot be met
def choose_device(preferred, available):
    if preferred not in ("auto", "cuda", "mps", "cpu"):
        raise ValueError(preferred)
    if preferred != "auto":
        return preferred
    for name in DEVICE_ORDER:
        if name in available:
            return name
    return "cpu"
