# exercise: mlm_batch
# expect: wrong
# meant: replaces where replace < 0.8 at all places, not only at chosen ones
# about: only.*chosen|chosen place|not chosen|chosen|unchosen|choose
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    chosen = (choose < 0.15) & (special_tokens_mask == 0)
    labels = input_ids.masked_fill(~chosen, -100)
    inputs = input_ids.masked_fill(replace < 0.8, mask_id)
    inputs = torch.where((replace >= 0.8) & (replace < 0.9), random_ids, inputs)
    return inputs, labels
