# exercise: linear_parameters
# expect: right
# meant: lets torch count: empty tensors on the meta device, numel
def linear_parameters(inputs, outputs, bias=True):
    shapes = [(inputs, outputs)] + [(outputs,)] * bool(bias)
    return sum(torch.empty(shape, device="meta").numel() for shape in shapes)
