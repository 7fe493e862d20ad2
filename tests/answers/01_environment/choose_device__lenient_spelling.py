# exercise: choose_device
# expect: wrong
# meant: also accepts "CUDA" and " cpu ", wants to be kind to users
# about: upper|lower|capital|\bcase\b|just so|spell|exact|strip|space
def choose_device(preferred, available):
    preferred = preferred.strip().lower()
    if preferred not in ("auto",) + DEVICE_ORDER:
        raise ValueError(preferred)
    if preferred == "cpu" or preferred in available:
        return preferred
    return next((d for d in DEVICE_ORDER if d in available), "cpu")
