# exercise: mlm_batch
# expect: wrong
# meant: [MASK] at every chosen place, no 80 / 10 / 10
# about: 80|0\.8|always|every chosen|all chosen|random|keeps?\b|own id|unchanged
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    chosen = (choose < 0.15) & ~special_tokens_mask.bool()
    inputs = input_ids.masked_fill(chosen, mask_id)
    labels = input_ids.masked_fill(~chosen, -100)
    return inputs, labels
