# exercise: split_heads
# expect: wrong
# meant: every head gets the whole vector, cut to the first d_head numbers
# about: \bown\b|same weights|every head|each head|copy|repeat|different|head 1
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    d_head = x.shape[-1] // num_heads
    return x[..., :d_head].unsqueeze(1).repeat(1, num_heads, 1, 1)
