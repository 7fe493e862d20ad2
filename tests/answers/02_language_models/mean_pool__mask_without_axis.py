# exercise: mean_pool
# expect: wrong
# meant: hidden * attention_mask without a new axis: fails, or mixes axes where the shapes happen to fit
# about: unsqueeze|axis|broadcast|dimension|shape|\[\.\.\., None\]|None|size
def mean_pool(hidden, attention_mask):
    summed = (hidden * attention_mask).sum(dim=1)
    return summed / attention_mask.sum(dim=1, keepdim=True).clamp(min=1)
