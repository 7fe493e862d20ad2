# exercise: split_heads
# expect: wrong
# meant: (batch * heads, length, d_head) for bmm, as old code does it
# about: shape|batch|dimension|four|4
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    b, n, d = x.shape
    x = x.view(b, n, num_heads, d // num_heads).transpose(1, 2)
    return x.reshape(b * num_heads, n, d // num_heads)
