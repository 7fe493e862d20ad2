# exercise: apply_rope
# expect: right
# meant: one large block-diagonal matrix for every position, in a loop
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    d = x.shape[-1]
    rows = []
    for place, m in enumerate(positions.tolist()):
        blocks = []
        for i in range(d // 2):
            a = m / 10000 ** (2 * i / d)
            blocks.append(torch.tensor([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]], dtype=torch.float64))
        rows.append(x[..., place, :] @ torch.block_diag(*blocks).T.to(x.dtype))
    return torch.stack(rows, dim=-2) if rows else x.clone()
