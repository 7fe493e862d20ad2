# exercise: split_heads
# expect: wrong
# meant: written for (length, d_model), forgets the batch
# about: batch|shape|dimension|unpack|leading|error
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    length, d_model = x.shape
    return x.view(length, num_heads, d_model // num_heads).transpose(0, 1)
