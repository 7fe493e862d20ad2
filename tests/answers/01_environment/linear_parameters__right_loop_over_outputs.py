# exercise: linear_parameters
# expect: right
# meant: one output after the other, each with its own column of W and its own entry of b
def linear_parameters(inputs, outputs, bias=True):
    count = 0
    for _ in range(outputs):
        count += inputs
        if bias:
            count += 1
    return count
