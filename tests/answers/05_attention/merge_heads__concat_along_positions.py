# exercise: merge_heads
# expect: wrong
# meant: puts the heads one below the other: (batch, heads * length, d_head)
# about: shape|side by side|position|length|last dimension|below|concat|token
def merge_heads(x: Tensor) -> Tensor:
    return torch.cat(tuple(x.unbind(1)), dim=1)
