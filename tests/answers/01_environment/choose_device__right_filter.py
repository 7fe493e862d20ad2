# exercise: choose_device
# expect: right
# meant: puts the candidates in an order of wishes and takes the first that exists
def choose_device(preferred, available):
    if preferred not in ("auto", *DEVICE_ORDER):
        raise ValueError(f"preferred must be auto, cuda, mps or cpu, not {preferred!r}")
    present = {"cpu"}.union(available)
    return next(filter(present.__contains__, (preferred, *DEVICE_ORDER)) if preferred != "auto"
                else filter(present.__contains__, DEVICE_ORDER))
