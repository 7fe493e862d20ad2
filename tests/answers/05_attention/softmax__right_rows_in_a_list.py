# exercise: softmax
# expect: right
# meant: moves dim to the end, handles each row on its own in a Python loop
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    def one(row):
        powers = (row - max(row.detach().tolist())).exp()
        return powers.div(powers.sum())

    if not x.dim():
        return one(x[None])[0]
    if not x.numel():
        return x.clone()
    moved = x.movedim(dim, -1)
    rows = moved.reshape(-1, moved.shape[-1])
    return torch.stack([one(r) for r in rows]).reshape(moved.shape).movedim(-1, dim)
