# exercise: split_heads
# expect: wrong
# meant: permutes before cutting: (length, batch) first, sentences get mixed
# about: batch|sentence|token|mix|order|transpos|permut|\bplaces?\b
def split_heads(x: Tensor, num_heads: int) -> Tensor:
    b, n, d = x.shape
    return x.transpose(1, 2).reshape(b, num_heads, d // num_heads, n).reshape(b, num_heads, n, d // num_heads)
