# exercise: causal_lm_batch
# expect: wrong
# meant: forgets -100 for padding
# about: pad|-100|−100|mask
def causal_lm_batch(input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
    return input_ids[:, :-1], input_ids[:, 1:]
