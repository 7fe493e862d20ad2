# exercise: scaled_dot_product_attention
# expect: right
# meant: einsum; the maximum of the allowed scores; exponentials times mask; an empty sum is replaced by 1
def scaled_dot_product_attention(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    scores = torch.einsum("...qd,...kd->...qk", query, key) * query.shape[-1] ** -0.5
    if scores.numel() == 0:
        return scores @ value, scores
    if mask is None:
        mask = torch.ones((), dtype=torch.bool, device=query.device)
    mask = mask.expand_as(scores)
    top = scores.detach().where(mask, torch.finfo(scores.dtype).min).amax(-1, keepdim=True)
    powers = torch.where(mask, scores - top, -math.inf).exp()
    total = powers.sum(-1, keepdim=True)
    weights = powers / (total + (total == 0))
    return torch.einsum("...qk,...kv->...qv", weights, value), weights
