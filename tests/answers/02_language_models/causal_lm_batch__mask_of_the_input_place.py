# exercise: causal_lm_batch
# expect: wrong
# meant: uses the mask of the place itself, not of the next one: the first padding is predicted
# about: mask.*(shift|next|1:|one place|same place|wrong (end|place)|in step)|shift\w* .*mask|next (one |id |token |place )?(is )?padding|what comes next is padding|first padding|(last|final) (real )?token
def causal_lm_batch(input_ids, attention_mask):
    inputs = input_ids[:, :-1]
    labels = input_ids[:, 1:].clone()
    labels[attention_mask[:, :-1] == 0] = -100
    return inputs, labels
