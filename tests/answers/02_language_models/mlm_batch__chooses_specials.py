# exercise: mlm_batch
# expect: wrong
# meant: ignores special_tokens_mask
# about: special|\[CLS\]|\[SEP\]|padding
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    chosen = choose < 0.15
    labels = torch.where(chosen, input_ids, -100)
    inputs = torch.where(chosen & (replace < 0.8), mask_id, input_ids)
    inputs = torch.where(chosen & (replace >= 0.8) & (replace < 0.9), random_ids, inputs)
    return inputs, labels
