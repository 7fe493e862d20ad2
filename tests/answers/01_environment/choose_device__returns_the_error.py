# exercise: choose_device
# expect: wrong
# meant: returns the ValueError instead of raising it
# about: \braise|return(s|ed)? (a |the )?(ValueError|exception|error)|ValueError
def choose_device(preferred, available):
    if preferred not in ("auto", "cuda", "mps", "cpu"):
        return ValueError("unknown device")
    if preferred == "cpu" or preferred in available:
        return preferred
    for name in DEVICE_ORDER:
        if name in available:
            return name
    return "cpu"
