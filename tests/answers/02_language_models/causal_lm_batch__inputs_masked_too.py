# exercise: causal_lm_batch
# expect: wrong
# meant: puts -100 into the inputs as well
# about: input|without its last id|only.*labels|labels only|-100|−100
def causal_lm_batch(input_ids, attention_mask):
    ids = input_ids.masked_fill(attention_mask == 0, -100)
    return ids[:, :-1], ids[:, 1:]
