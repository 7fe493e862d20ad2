# exercise: split_heads
# expect: wrong
# meant: transpose of the last two: (batch, length, d_head, heads)
# about: shape|transpos|swap|in front|order|dimension|permut
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    b, n, d = x.shape
    return x.view(b, n, num_heads, d // num_heads).transpose(2, 3)
