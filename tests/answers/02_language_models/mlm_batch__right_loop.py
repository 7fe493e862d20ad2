# exercise: mlm_batch
# expect: right
# meant: two loops and Python numbers
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    seen, asked = input_ids.clone(), torch.full_like(input_ids, -100)
    for b in range(input_ids.shape[0]):
        for t in range(input_ids.shape[1]):
            if special_tokens_mask[b, t] == 1 or not choose[b, t] < 0.15:
                continue
            asked[b, t] = input_ids[b, t]
            u = replace[b, t]
            if u < 0.8:
                seen[b, t] = mask_id
            elif u < 0.9:
                seen[b, t] = random_ids[b, t]
    return seen, asked
