# exercise: linear_parameters
# expect: wrong
# meant: adds the bias also when the layer has none, the argument is never read
# about: \bbias|leave.? (it |b )?out|without
def linear_parameters(inputs, outputs, bias=True):
    weights = inputs * outputs
    b = outputs
    return weights + b
