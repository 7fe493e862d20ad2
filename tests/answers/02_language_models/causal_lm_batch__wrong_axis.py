# exercise: causal_lm_batch
# expect: wrong
# meant: cuts rows of the batch instead of places
# about: axis|dimension|batch|row|column|dim\b|shape
def causal_lm_batch(input_ids, attention_mask):
    inputs = input_ids[:-1]
    labels = torch.where(attention_mask[1:].bool(), input_ids[1:], -100)
    return inputs, labels
