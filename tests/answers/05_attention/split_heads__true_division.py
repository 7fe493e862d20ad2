# exercise: split_heads
# expect: wrong
# meant: d_model / num_heads is a float, which reshape refuses
# about: //|float|integer|int\b|divi|TypeError
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    batch, length, d_model = x.shape
    d_head = d_model / num_heads
    return x.reshape(batch, length, num_heads, d_head).transpose(1, 2)
