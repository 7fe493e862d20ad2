# exercise: cross_entropy
# expect: wrong
# meant: PyTorch's function as it is: NaN if no place counts
# about: nan|no place|nothing (counts|to predict)|all.*ignored|every.*ignored|0 if|divi\w* by (zero|0)|none counts|empty
def cross_entropy(logits, targets, ignore_index=-100):
    return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), targets.reshape(-1), ignore_index=ignore_index)
