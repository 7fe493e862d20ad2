# exercise: bert_hidden_states
# expect: right
# meant: the results by plain tensor arithmetic on the state dictionary (does not build Encoder; results count)
@torch.no_grad()
def bert_hidden_states(input_ids: Tensor, attention_mask: Tensor) -> Tensor:
    theirs = load_bert()[0]
    c, w = theirs.config, theirs.state_dict()
    d, heads, eps = c.hidden_size, c.num_attention_heads, c.layer_norm_eps
    batch, length = input_ids.shape

    def linear(x, name):
        return F.linear(x, w[name + ".weight"], w[name + ".bias"])

    def norm(x, name):
        return F.layer_norm(x, (d,), w[name + ".weight"], w[name + ".bias"], eps)

    def split(x):
        return x.view(batch, length, heads, d // heads).transpose(1, 2)

    e = "embeddings."
    x = w[e + "word_embeddings.weight"][input_ids.long()]
    x = x + w[e + "token_type_embeddings.weight"][0] + w[e + "position_embeddings.weight"][:length]
    x = norm(x, e + "LayerNorm")
    hidden_keys = ~attention_mask.bool()[:, None, None, :]
    for n in range(c.num_hidden_layers):
        p = f"encoder.layer.{n}."
        q, k, v = (split(linear(x, p + "attention.self." + r)) for r in ("query", "key", "value"))
        scores = (q @ k.transpose(-1, -2)) / math.sqrt(d // heads)
        weights = scores.masked_fill(hidden_keys, float("-inf")).softmax(dim=-1)
        read = (weights @ v).transpose(1, 2).reshape(batch, length, d)
        x = norm(x + linear(read, p + "attention.output.dense"), p + "attention.output.LayerNorm")
        inner = F.gelu(linear(x, p + "intermediate.dense"))
        x = norm(x + linear(inner, p + "output.dense"), p + "output.LayerNorm")
    return x
