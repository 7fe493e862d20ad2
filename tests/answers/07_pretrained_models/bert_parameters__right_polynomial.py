# exercise: bert_parameters
# expect: right
# meant: one collected polynomial
def bert_parameters(config: dict[str, int]) -> int:
    v, p, t, d, n, _, f = (
        int(config[k])
        for k in (
            "vocab_size",
            "max_position_embeddings",
            "type_vocab_size",
            "hidden_size",
            "num_hidden_layers",
            "num_attention_heads",
            "intermediate_size",
        )
    )
    return d * (v + p + t + 3 + d) + n * (4 * d**2 + 9 * d + 2 * d * f + f)
