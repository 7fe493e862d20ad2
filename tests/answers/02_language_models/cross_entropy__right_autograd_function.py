# exercise: cross_entropy
# expect: right
# meant: an own autograd Function, whose backward is the slope P(v) - [v = y] that the lesson derives
class _CrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y, ignored):
        keep = (y != ignored).nonzero().flatten()
        z, label = x[keep].double(), y[keep]
        place = torch.arange(len(keep), device=x.device)
        z = z - z.amax(dim=1, keepdim=True)
        e = torch.exp(z)
        s = e.sum(dim=1)
        n = max(len(keep), 1)
        slope = e / s[:, None]
        slope[place, label] -= 1
        full = torch.zeros(x.shape, dtype=torch.float64, device=x.device)
        full[keep] = slope / n
        ctx.save_for_backward(full.to(x.dtype))
        return ((torch.log(s) - z[place, label]).sum() / n).to(x.dtype)

    @staticmethod
    def backward(ctx, upstream):
        (slope,) = ctx.saved_tensors
        return upstream * slope, None, None


def cross_entropy(logits: Tensor, targets: Tensor, ignore_index: int = -100) -> Tensor:
    return _CrossEntropy.apply(logits.flatten(0, -2) if logits.dim() > 1 else logits[None], targets.reshape(-1), ignore_index)
