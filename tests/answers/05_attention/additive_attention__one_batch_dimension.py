# exercise: additive_attention
# expect: wrong
# meant: bmm and unsqueeze(1): one batch dimension exactly
# about: batch|leading|dimension|broadcast|bmm|shape
def additive_attention(query, keys, values, w_query, w_key, v):
    q = F.linear(query, w_query).unsqueeze(1)
    k = F.linear(keys, w_key)
    weights = softmax(torch.matmul(torch.tanh(q + k), v), dim=1)
    output = torch.bmm(weights.unsqueeze(1), values).squeeze(1)
    return output, weights
