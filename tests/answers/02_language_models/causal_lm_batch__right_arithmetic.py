# exercise: causal_lm_batch
# expect: right
# meant: mask arithmetic on whole columns
def causal_lm_batch(input_ids, attention_mask):
    length = input_ids.shape[1]
    nxt = input_ids.narrow(1, 1, length - 1)
    m = attention_mask.narrow(1, 1, length - 1)
    return input_ids.narrow(1, 0, length - 1), nxt * m - 100 * (1 - m)
