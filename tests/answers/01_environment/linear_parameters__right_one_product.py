# exercise: linear_parameters
# expect: right
# meant: the bias as one more row of W
linear_parameters = lambda inputs, outputs, bias=True: (inputs + (1 if bias else 0)) * outputs
