# exercise: causal_lm_batch
# expect: wrong
# meant: labels in step with the inputs (transformers shifts inside), so they are not the next ids
# about: shift|next (id|token|place|one)|comes next|same (token|id|place)|one place|in step|itself
def causal_lm_batch(input_ids, attention_mask):
    labels = input_ids.clone()
    labels[attention_mask == 0] = -100
    return input_ids[:, :-1], labels[:, :-1]
