# exercise: causal_lm_batch
# expect: wrong
# meant: inputs without the first, labels without the last: predicts the past
# about: swap|exchang|interchang|order|wrong way|first|without (its|the) last|previous|before|past|backward|other way
def causal_lm_batch(input_ids, attention_mask):
    inputs = input_ids[:, 1:]
    labels = input_ids[:, :-1].masked_fill(attention_mask[:, :-1] == 0, -100)
    return inputs, labels
