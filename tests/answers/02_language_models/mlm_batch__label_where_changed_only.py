# exercise: mlm_batch
# expect: wrong
# meant: labels only where the input differs from the original; unchanged chosen places are lost
# about: unchanged|keep|kept|keeps|every chosen|all chosen|own id|same id|differ|10 ?%
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    chosen = (choose < 0.15) & (special_tokens_mask == 0)
    inputs = torch.where(chosen & (replace < 0.8), torch.full_like(input_ids, mask_id), input_ids)
    inputs = torch.where(chosen & (replace >= 0.8) & (replace < 0.9), random_ids, inputs)
    labels = torch.where(inputs != input_ids, input_ids, torch.full_like(input_ids, -100))
    return inputs, labels
