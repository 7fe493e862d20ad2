# exercise: split_heads
# expect: wrong
# meant: the one-line answer with the right shape and the wrong numbers
# about: token|order|transpos|permut|mix|every|last dimension|\bplaces?\b
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    batch, length, d_model = x.shape
    return x.reshape(batch, num_heads, length, d_model // num_heads)
