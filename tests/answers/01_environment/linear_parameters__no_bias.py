# exercise: linear_parameters
# expect: wrong
# meant: only counts the matrix, forgets the vector b (the answer the text itself proposes first)
# about: \bbias|vector|`b`|\$b\$
def linear_parameters(inputs, outputs, bias=True):
    return inputs * outputs
