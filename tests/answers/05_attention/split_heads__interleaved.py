# exercise: split_heads
# expect: wrong
# meant: head h gets the numbers h, h + num_heads, ...: dealt out like cards
# about: neighbo|adjacent|consecutive|interleav|every|head 0|block|in a row|d_head
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    batch, length, d_model = x.shape
    return x.reshape(batch, length, d_model // num_heads, num_heads).permute(0, 3, 1, 2)
