# exercise: additive_attention
# expect: right
# meant: everything with einsum and ellipses
def additive_attention(
    query: Tensor, keys: Tensor, values: Tensor, w_query: Tensor, w_key: Tensor, v: Tensor
) -> tuple[Tensor, Tensor]:
    q = torch.einsum("...d,hd->...h", query, w_query)
    k = torch.einsum("...nd,hd->...nh", keys, w_key)
    e = torch.einsum("h,...nh->...n", v, torch.tanh(q[..., None, :] + k))
    w = softmax(e, -1)
    return torch.einsum("...n,...nd->...d", w, values), w
