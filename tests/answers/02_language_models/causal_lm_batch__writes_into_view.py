# exercise: causal_lm_batch
# expect: wrong
# meant: labels are a view of input_ids, the -100 land in the caller's tensor (and in inputs)
# about: view|unchanged|chang|mutat|modif|in place|in-place|clone|copy|argument|same memory|overwrit
def causal_lm_batch(input_ids, attention_mask):
    inputs = input_ids[:, :-1]
    labels = input_ids[:, 1:]
    labels[attention_mask[:, 1:] == 0] = -100
    return inputs, labels
