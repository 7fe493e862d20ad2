# exercise: merge_heads
# expect: right
# meant: takes the heads apart and concatenates them along the last dimension
def merge_heads(x: Tensor) -> Tensor:
    return torch.cat(x.unbind(dim=1), dim=-1)
