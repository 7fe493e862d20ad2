# exercise: causal_lm_batch
# expect: wrong
# meant: torch.roll, whole length: one column too many, the first id comes round as the last label
# about: length|shape|roll|column|too long|wrap|round|last place|one too many
def causal_lm_batch(input_ids, attention_mask):
    labels = torch.roll(input_ids, -1, dims=1)
    mask = torch.roll(attention_mask, -1, dims=1)
    labels = torch.where(mask == 1, labels, -100)
    return input_ids, labels
