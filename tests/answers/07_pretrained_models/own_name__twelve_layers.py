# exercise: own_name
# expect: wrong
# meant: builds the table for twelve layers only and misses larger numbers
# about: layer|number|larger|deeper|\b12\b|twelve
_TABLE = {
    "embeddings.word_embeddings.weight": "embeddings.words.weight",
    "embeddings.position_embeddings.weight": "embeddings.positions.weight",
    "embeddings.token_type_embeddings.weight": "embeddings.token_types.weight",
    "embeddings.LayerNorm.weight": "embeddings.norm.weight",
    "embeddings.LayerNorm.bias": "embeddings.norm.bias",
}
for _n in range(12):
    for _kind in ("weight", "bias"):
        for _a, _b in (
            ("attention.self.query", "attention.w_query"),
            ("attention.self.key", "attention.w_key"),
            ("attention.self.value", "attention.w_value"),
            ("attention.output.dense", "attention.w_output"),
            ("attention.output.LayerNorm", "attention_norm"),
            ("intermediate.dense", "feed_forward.expand"),
            ("output.dense", "feed_forward.contract"),
            ("output.LayerNorm", "feed_forward_norm"),
        ):
            _TABLE[f"encoder.layer.{_n}.{_a}.{_kind}"] = f"encoder.blocks.{_n}.{_b}.{_kind}"


def own_name(name: str) -> str | None:
    return _TABLE.get(name)
