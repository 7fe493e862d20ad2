# exercise: choose_device
# expect: wrong
# meant: unknown names are treated like auto, nothing is raised
# about: ValueError|\brais|unknown|none of the four|four names|invalid|typo|misspel
def choose_device(preferred, available):
    if preferred == "cpu" or preferred in DEVICE_ORDER and preferred in available:
        return preferred
    for name in DEVICE_ORDER:
        if name in available:
            return name
    return "cpu"
