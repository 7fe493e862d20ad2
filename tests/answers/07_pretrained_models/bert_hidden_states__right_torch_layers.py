# exercise: bert_hidden_states
# expect: right
# meant: PyTorch's own nn.TransformerEncoderLayer (does not build Encoder; results count)
def bert_hidden_states(input_ids: Tensor, attention_mask: Tensor) -> Tensor:
    theirs = load_bert()[0]
    c, w = theirs.config, theirs.state_dict()
    embeddings = BertEmbeddings(
        c.vocab_size, c.max_position_embeddings, c.type_vocab_size, c.hidden_size, c.layer_norm_eps
    )
    embeddings.load_state_dict(
        {own_name(n).removeprefix("embeddings."): t for n, t in w.items() if (own_name(n) or "").startswith("embeddings.")}
    )
    padding = attention_mask == 0
    with torch.no_grad():
        x = embeddings(input_ids)
        for n in range(c.num_hidden_layers):
            layer = nn.TransformerEncoderLayer(
                c.hidden_size,
                c.num_attention_heads,
                c.intermediate_size,
                dropout=0.0,
                activation="gelu",
                layer_norm_eps=c.layer_norm_eps,
                batch_first=True,
            )
            p = f"encoder.layer.{n}."
            state = {}
            for kind in ("weight", "bias"):
                qkv = [w[f"{p}attention.self.{role}.{kind}"] for role in ("query", "key", "value")]
                state[f"self_attn.in_proj_{kind}"] = torch.cat(qkv)
                state[f"self_attn.out_proj.{kind}"] = w[f"{p}attention.output.dense.{kind}"]
                state[f"norm1.{kind}"] = w[f"{p}attention.output.LayerNorm.{kind}"]
                state[f"linear1.{kind}"] = w[f"{p}intermediate.dense.{kind}"]
                state[f"linear2.{kind}"] = w[f"{p}output.dense.{kind}"]
                state[f"norm2.{kind}"] = w[f"{p}output.LayerNorm.{kind}"]
            layer.load_state_dict(state)
            x = layer(x, src_key_padding_mask=padding)
    return x
