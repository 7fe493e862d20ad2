# exercise: mlm_batch
# expect: wrong
# meant: draws fresh random numbers, as the tutorials do
# about: given|draws? (its|your|new|fresh|own)|own random|torch\.rand|bernoulli|argument|`?choose|repeat|twice|different result
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    labels = input_ids.clone()
    p = torch.full(labels.shape, 0.15)
    p.masked_fill_(special_tokens_mask.bool(), 0.0)
    masked_indices = torch.bernoulli(p).bool()
    labels[~masked_indices] = -100
    inputs = input_ids.clone()
    replaced = torch.bernoulli(torch.full(labels.shape, 0.8)).bool() & masked_indices
    inputs[replaced] = mask_id
    rand = torch.bernoulli(torch.full(labels.shape, 0.5)).bool() & masked_indices & ~replaced
    inputs[rand] = random_ids[rand]
    return inputs, labels
