# exercise: choose_device
# expect: wrong
# meant: takes the first of `available` as the best one
# about: order|DEVICE_ORDER|\bbest\b|\bset\b|first
def choose_device(preferred, available):
    if preferred not in ("auto",) + DEVICE_ORDER:
        raise ValueError(f"unknown device {preferred}")
    if preferred in available or preferred == "cpu":
        return preferred
    if len(available) == 0:
        return "cpu"
    return list(available)[0]
