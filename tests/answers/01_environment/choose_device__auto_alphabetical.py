# exercise: choose_device
# expect: wrong
# meant: takes the last name in alphabetical order as the best, which works for cpu/cuda and cpu/mps
# about: order|DEVICE_ORDER|\bbest\b|cuda.*mps|mps.*cuda|alphabet|sort
def choose_device(preferred, available):
    names = {"auto", "cuda", "mps", "cpu"}
    if preferred not in names:
        raise ValueError(preferred)
    available = set(available) | {"cpu"}
    if preferred in available:
        return preferred
    return sorted(available)[-1]
