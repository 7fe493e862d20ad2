# exercise: choose_device
# expect: wrong
# meant: raises ValueError for a device that the machine does not have
# about: ValueError|\brais|cannot be met|falls? ?back|not available|unavailable|like .?auto
def choose_device(preferred, available):
    if preferred == "auto":
        for name in DEVICE_ORDER:
            if name in available:
                return name
        return "cpu"
    if preferred == "cpu":
        return "cpu"
    if preferred not in available or preferred not in DEVICE_ORDER:
        raise ValueError(f"{preferred} is not available")
    return preferred
