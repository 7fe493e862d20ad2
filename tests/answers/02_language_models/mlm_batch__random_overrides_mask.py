# exercise: mlm_batch
# expect: wrong
# meant: random ids at replace < 0.9, applied after the mask, so they overwrite every [MASK]
# about: 0\.8|overwrit|random|at least|between|\[MASK\]|order|elif|both conditions
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    chosen = (choose < 0.15) & (special_tokens_mask == 0)
    labels = input_ids.clone()
    labels[~chosen] = -100
    inputs = input_ids.clone()
    masked = chosen & (replace < 0.8)
    inputs[masked] = mask_id
    rnd = chosen & (replace < 0.9)
    inputs[rnd] = random_ids[rnd]
    return inputs, labels
