# exercise: choose_device
# expect: wrong
# meant: checks the name against DEVICE_ORDER and so raises for auto
# about: \bauto\b|four names|DEVICE_ORDER
def choose_device(preferred, available):
    if preferred not in DEVICE_ORDER:
        raise ValueError(preferred)
    if preferred == "cpu" or preferred in available:
        return preferred
    for name in DEVICE_ORDER:
        if name in available:
            return name
    return "cpu"
