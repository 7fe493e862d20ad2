# exercise: choose_device
# expect: wrong
# meant: asks the real machine instead of the argument
# about: torch\.|\bpure\b|argument|handed in|this machine|`available`
def choose_device(preferred, available):
    if preferred not in ["auto", "cuda", "mps", "cpu"]:
        raise ValueError("unknown device")
    if preferred == "cuda" and torch.cuda.is_available():
        return "cuda"
    if preferred == "mps" and torch.backends.mps.is_available():
        return "mps"
    if preferred == "cpu":
        return "cpu"
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
