# exercise: split_heads
# expect: wrong
# meant: heads stay behind the positions: (batch, length, heads, d_head)
# about: shape|transpos|swap|in front|position|order|dimension|permut
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    batch, length, d_model = x.shape
    return x.view(batch, length, num_heads, d_model // num_heads)
