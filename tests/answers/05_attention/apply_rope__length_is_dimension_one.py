# exercise: apply_rope
# expect: wrong
# meant: layout (batch, length, heads, d_head) of Meta's code: takes dimension 1 for the length
# about: length|dimension|heads|layout|shape|leading|broadcast|batch
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    d = x.shape[-1]
    theta = 10000.0 ** (-torch.arange(0, d, 2) / d)
    turns = torch.polar(torch.ones(len(positions), d // 2), positions[:, None] * theta)
    x_ = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
    shape = [s if i == 1 or i == x_.ndim - 1 else 1 for i, s in enumerate(x_.shape)]
    return torch.view_as_real(x_ * turns.view(*shape)).flatten(-2).type_as(x)
