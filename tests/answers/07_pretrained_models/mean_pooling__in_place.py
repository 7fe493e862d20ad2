# exercise: mean_pooling
# expect: wrong
# meant: multiplies the hidden states in place
# about: in.?place|argument|unchanged|mutat|modif|changes? (the )?hidden|hidden.*(chang|overwrit)
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    m = attention_mask.unsqueeze(-1)
    hidden *= m
    return hidden.sum(dim=1) / m.sum(dim=1).clamp(min=1)
