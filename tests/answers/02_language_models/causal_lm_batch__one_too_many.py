# exercise: causal_lm_batch
# expect: wrong
# meant: masks the last real label, too (lengths minus two)
# about: one too (many|early)|last (token|label|id)|off by one|too many|end of (each|the|every) row|too early|first padding|too much
def causal_lm_batch(input_ids, attention_mask):
    inputs = input_ids[:, :-1].clone()
    labels = input_ids[:, 1:].clone()
    lengths = attention_mask.sum(dim=1)
    for i in range(len(labels)):
        labels[i, max(int(lengths[i]) - 2, 0):] = -100
    return inputs, labels
