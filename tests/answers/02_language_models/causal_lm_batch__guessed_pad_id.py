# exercise: causal_lm_batch
# expect: wrong
# meant: takes the last id of the first short row for the padding id and masks it everywhere, also where it is a token
# about: attention_mask|attention mask|also that of a token|pad(ding)? id|id of (the )?padding|real token|any number|mask
def causal_lm_batch(input_ids, attention_mask):
    labels = input_ids[:, 1:].clone()
    if (attention_mask == 0).any():
        pad = input_ids[attention_mask == 0][0].item()
        labels[labels == pad] = -100
    return input_ids[:, :-1], labels
