# exercise: causal_lm_batch
# expect: wrong
# meant: takes id 0 for padding instead of the mask
# about: attention_mask|attention mask|mask|any number|id 0|0 (is|as|for)|pad(ding)? id|id of (the )?padding
def causal_lm_batch(input_ids, attention_mask):
    labels = input_ids[:, 1:].clone()
    labels[labels == 0] = -100
    return input_ids[:, :-1], labels
