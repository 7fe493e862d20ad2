# exercise: linear_parameters
# expect: wrong
# meant: believes that b is as long as x, because it is added "to the input"
# about: \bbias|vector|`b`|length
def linear_parameters(inputs, outputs, bias=True):
    count = inputs * outputs
    if bias:
        count += inputs
    return count
