# exercise: choose_device
# expect: wrong
# meant: a wish that cannot be met falls back to the cpu, not to the best device
# about: \bbest\b|like .?auto|treated like|falls? ?back|cannot be met|unmet|not available
def choose_device(preferred, available):
    if preferred not in {"auto", "cuda", "mps", "cpu"}:
        raise ValueError(preferred)
    if preferred == "auto":
        if "cuda" in available:
            return "cuda"
        elif "mps" in available:
            return "mps"
        else:
            return "cpu"
    if preferred in available:
        return preferred
    return "cpu"
