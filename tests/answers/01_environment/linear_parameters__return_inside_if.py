# exercise: linear_parameters
# expect: wrong
# meant: return indented one level too deep: nothing comes back without a bias
# about: \bNone\b|\breturn|without (a )?bias|bias ?= ?False|indent
def linear_parameters(inputs, outputs, bias=True):
    n = inputs * outputs
    if bias:
        n += outputs
        return n
