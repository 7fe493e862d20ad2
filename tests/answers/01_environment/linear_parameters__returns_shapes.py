# exercise: linear_parameters
# expect: wrong
# meant: half finished: gives the shapes of W and b and does not multiply them out
# about: tuple|\bint\b|shape|\btype\b|one number|count
def linear_parameters(inputs, outputs, bias=True):
    W = (inputs, outputs)
    b = (outputs,) if bias else ()
    return W + b
