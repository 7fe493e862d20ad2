# exercise: linear_parameters
# expect: wrong
# meant: thinks of school's y = mx + b, where b is one number: True counts as 1
# about: \bbias|vector|`b`
def linear_parameters(inputs, outputs, bias=True):
    return inputs * outputs + bias
