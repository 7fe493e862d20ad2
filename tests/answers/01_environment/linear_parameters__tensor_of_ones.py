# exercise: linear_parameters
# expect: wrong
# meant: counts by summing tensors of ones: gives a float tensor, no int
# about: \bint\b|tensor|\btype\b|float|whole number
def linear_parameters(inputs, outputs, bias=True):
    W = torch.ones(inputs, outputs)
    count = W.sum()
    if bias:
        count = count + torch.ones(outputs).sum()
    return count
