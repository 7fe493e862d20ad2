# exercise: softmax
# expect: right
# meant: one pass along dim with a running maximum and a running sum, like FlashAttention
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    if x.dim() == 0:
        return softmax(x[None])[0]
    if x.numel() == 0:
        return x.clone()
    slices = x.unbind(dim)
    biggest = torch.full_like(slices[0], torch.finfo(x.dtype).min)
    total = torch.zeros_like(slices[0])
    for s in slices:
        new = torch.maximum(biggest, s.detach())
        total = total * torch.exp(biggest - new) + torch.exp(s - new)
        biggest = new
    return torch.stack([torch.exp(s - biggest) / total for s in slices], dim)
