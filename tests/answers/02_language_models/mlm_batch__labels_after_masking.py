# exercise: mlm_batch
# expect: wrong
# meant: labels are taken from the changed inputs: the model is asked for [MASK]
# about: original|before .*(mask|replac|chang|input)|after .*(mask|replac|chang)|already (been )?(chang|replac|mask)|from (the )?(changed |new )?inputs|labels?.*(\[MASK\]|mask_id)
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    chosen = (choose < 0.15) & (special_tokens_mask == 0)
    inputs = input_ids.clone()
    inputs[chosen & (replace < 0.8)] = mask_id
    r = chosen & (replace >= 0.8) & (replace < 0.9)
    inputs[r] = random_ids[r]
    labels = torch.full_like(inputs, -100)
    labels[chosen] = inputs[chosen]
    return inputs, labels
