# exercise: mlm_batch
# expect: wrong
# meant: divides `choose` once more (0.12, 0.135) and never looks at `replace`
# about: replace|0\.8|second|independent|own number|other number|same number|two numbers
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    ordinary = special_tokens_mask == 0
    chosen = ordinary & (choose < 0.15)
    labels = torch.where(chosen, input_ids, -100)
    inputs = input_ids.clone()
    inputs[ordinary & (choose < 0.12)] = mask_id
    r = ordinary & (choose >= 0.12) & (choose < 0.135)
    inputs[r] = random_ids[r]
    return inputs, labels
