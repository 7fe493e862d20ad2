# exercise: linear_parameters
# expect: wrong
# meant: adds inputs and outputs: one weight per input and one per output
# about: product|multipl|times|every pair|each pair|matrix|\*
def linear_parameters(inputs, outputs, bias=True):
    total = inputs + outputs
    if bias:
        total = total + outputs
    return total
