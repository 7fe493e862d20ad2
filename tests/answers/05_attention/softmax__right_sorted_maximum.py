# exercise: softmax
# expect: right
# meant: numpy-like style: the maximum by sorting, the sum by a product with ones
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    if x.numel() == 0:
        return x.clone()
    y = torch.atleast_1d(x).transpose(dim, -1)
    y = y - y.detach().sort(dim=-1, descending=True).values[..., :1]
    y = torch.exp(y)
    y = y / (y @ torch.ones_like(y[(0,) * (y.dim() - 1)]))[..., None]
    return y.transpose(dim, -1).reshape(x.shape)
