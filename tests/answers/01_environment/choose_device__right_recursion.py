# exercise: choose_device
# expect: right
# meant: an unmet wish is literally treated like auto, by a second call
def choose_device(preferred, available):
    match preferred:
        case "cpu":
            return "cpu"
        case "cuda" | "mps":
            return preferred if preferred in available else choose_device("auto", available)
        case "auto":
            return min(
                (d for d in [*available, "cpu"] if d in DEVICE_ORDER), key=DEVICE_ORDER.index
            )
    raise ValueError("not a device: %r" % (preferred,))
