# exercise: mlm_batch
# expect: right
# meant: three rows of candidates, one gathered
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    kind = (replace >= 0.8).long() + (replace >= 0.9).long()
    chosen = choose.lt(0.15).logical_and(special_tokens_mask.logical_not())
    kind = torch.where(chosen, kind, 2)
    options = torch.stack([torch.full_like(input_ids, mask_id), random_ids, input_ids])
    inputs = options.gather(0, kind.unsqueeze(0)).squeeze(0)
    labels = -100 + (input_ids + 100) * chosen
    return inputs, labels
