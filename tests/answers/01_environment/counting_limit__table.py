# exercise: counting_limit
# expect: wrong
# meant: looked up on the internet: four formats in a dict, no float8
# about: float8|look(ed|s|ing)? ?up|table|KeyError|other formats|experiment|remember|hard.?coded
def counting_limit(dtype):
    limits = {
        torch.float64: 2**53,
        torch.float32: 2**24,
        torch.float16: 2**11,
        torch.bfloat16: 2**8,
    }
    return limits[dtype]
