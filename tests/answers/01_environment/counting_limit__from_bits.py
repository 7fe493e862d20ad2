# exercise: counting_limit
# expect: wrong
# meant: computes from the number of bits, as with integers: 2 to the number of bits
# about: \bbits?\b|fraction|exponent|mantissa
def counting_limit(dtype):
    return 2 ** torch.finfo(dtype).bits
