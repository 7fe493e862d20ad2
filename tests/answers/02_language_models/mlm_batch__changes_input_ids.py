# exercise: mlm_batch
# expect: wrong
# meant: works in input_ids itself; the results are right
# about: unchanged|chang|mutat|modif|in place|in-place|clone|copy|argument|overwrit
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    chosen = (choose < 0.15) & (special_tokens_mask == 0)
    labels = input_ids.clone()
    labels[~chosen] = -100
    input_ids[chosen & (replace < 0.8)] = mask_id
    r = chosen & (replace >= 0.8) & (replace < 0.9)
    input_ids[r] = random_ids[r]
    return input_ids, labels
