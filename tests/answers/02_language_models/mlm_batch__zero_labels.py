# exercise: mlm_batch
# expect: wrong
# meant: labels 0 at places that are not chosen
# about: -100|−100|(label|target|get|put|leav|give|is|are)\w* .*(\b0\b|zero)|ignore index
def mlm_batch(input_ids, special_tokens_mask, choose, replace, random_ids, mask_id):
    chosen = (choose < 0.15) * (special_tokens_mask == 0)
    labels = input_ids * chosen
    inputs = torch.where(chosen & (replace < 0.8), mask_id, input_ids)
    inputs = torch.where(chosen & (replace >= 0.8) & (replace < 0.9), random_ids, inputs)
    return inputs, labels
