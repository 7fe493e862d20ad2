# exercise: choose_device
# expect: right
# meant: all cases of the machine in a table
def choose_device(preferred, available):
    table = {
        (True, True): {"auto": "cuda", "cuda": "cuda", "mps": "mps", "cpu": "cpu"},
        (True, False): {"auto": "cuda", "cuda": "cuda", "mps": "cuda", "cpu": "cpu"},
        (False, True): {"auto": "mps", "cuda": "mps", "mps": "mps", "cpu": "cpu"},
        (False, False): {"auto": "cpu", "cuda": "cpu", "mps": "cpu", "cpu": "cpu"},
    }
    try:
        return table["cuda" in available, "mps" in available][preferred]
    except (KeyError, TypeError):
        raise ValueError(preferred) from None
