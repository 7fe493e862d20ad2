# exercise: linear_parameters
# expect: wrong
# meant: reads bias the wrong way round (bias=True: "b is left out")
# about: \bbias|revers|swap|wrong way|without
def linear_parameters(inputs, outputs, bias=True):
    if bias:
        return inputs * outputs
    else:
        return inputs * outputs + outputs
