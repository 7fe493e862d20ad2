# exercise: mlm_batch
# expect: wrong
# meant: uses up random_ids from the front instead of the id of the same place
# about: same place|its own place|own (random )?id|that place|line up|align|from the front|first (ones|ids|few)|(wrong|other|another) (place|position)|its id from
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    chosen = (choose < 0.15) & (special_tokens_mask == 0)
    labels = torch.where(chosen, input_ids, -100)
    inputs = torch.where(chosen & (replace < 0.8), mask_id, input_ids)
    r = chosen & (replace >= 0.8) & (replace < 0.9)
    inputs[r] = random_ids.flatten()[: int(r.sum())]
    return inputs, labels
