# exercise: mlm_batch
# expect: wrong
# meant: reads the special mask like an attention mask (1 = may be chosen)
# about: special|invert|opposite|other way|1 (means|for|=)|\[CLS\]|wrong way|revers
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    chosen = (choose < 0.15) & special_tokens_mask.bool()
    labels = torch.where(chosen, input_ids, -100)
    inputs = input_ids.clone()
    inputs[chosen & (replace < 0.8)] = mask_id
    r = chosen & (replace >= 0.8) & (replace < 0.9)
    inputs[r] = random_ids[r]
    return inputs, labels
