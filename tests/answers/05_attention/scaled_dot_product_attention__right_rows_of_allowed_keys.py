# exercise: scaled_dot_product_attention
# expect: right
# meant: a loop over all queries, each of which gets the allowed keys only, picked by index
def scaled_dot_product_attention(query, key, value, mask=None):
    *lead, n_q, d_k = query.shape
    n_k, d_v = value.shape[-2:]
    if mask is None:
        mask = torch.tensor(True)
    mask = mask.broadcast_to(*lead, n_q, n_k)
    size = math.prod(lead)
    q, k, v = query.reshape(size, n_q, d_k), key.reshape(size, n_k, d_k), value.reshape(size, n_k, d_v)
    m = mask.reshape(size, n_q, n_k)
    if size * n_q == 0:
        return query @ key.mT @ value, query @ key.mT
    outputs, rows = [], []
    for b in range(size):
        for i in range(n_q):
            allowed = m[b, i].nonzero().flatten()
            row = query.new_zeros(n_k)
            if len(allowed):
                row = row.index_put((allowed,), softmax(k[b, allowed] @ q[b, i] / math.sqrt(d_k)))
            rows.append(row[None])
            outputs.append((row @ v[b])[None])
    return torch.cat(outputs).reshape(*lead, n_q, d_v), torch.cat(rows).reshape(*lead, n_q, n_k)
