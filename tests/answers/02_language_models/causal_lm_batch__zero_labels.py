# exercise: causal_lm_batch
# expect: wrong
# meant: multiplies by the mask: labels 0 at padding, not -100
# about: -100|−100|(label|target|get|put|leav|give|is|are)\w* .*(\b0\b|zero)|ignore index
def causal_lm_batch(input_ids, attention_mask):
    return input_ids[:, :-1].clone(), input_ids[:, 1:] * attention_mask[:, 1:]
