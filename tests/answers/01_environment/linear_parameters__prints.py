# exercise: linear_parameters
# expect: wrong
# meant: prints the number and returns nothing, as it looks the same in a notebook
# about: \breturn|print|None
def linear_parameters(inputs, outputs, bias=True):
    if bias:
        print(inputs * outputs + outputs)
    else:
        print(inputs * outputs)
