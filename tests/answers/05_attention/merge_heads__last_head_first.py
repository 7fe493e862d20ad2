# exercise: merge_heads
# expect: wrong
# meant: heads concatenated in reverse order
# about: order|revers|head 0|first|\bplaces?\b
def merge_heads(x: Tensor) -> Tensor:
    merged = x[:, 0]
    for h in range(1, x.shape[1]):
        merged = torch.cat((x[:, h], merged), dim=-1)
    return merged
