# exercise: own_name
# expect: wrong
# meant: the two feed-forward layers are exchanged
# about: expand|contract|feed.?forward|intermediate
def own_name(name: str) -> str | None:
    emb = {
        "embeddings.word_embeddings.weight": "embeddings.words.weight",
        "embeddings.position_embeddings.weight": "embeddings.positions.weight",
        "embeddings.token_type_embeddings.weight": "embeddings.token_types.weight",
        "embeddings.LayerNorm.weight": "embeddings.norm.weight",
        "embeddings.LayerNorm.bias": "embeddings.norm.bias",
    }
    if name in emb:
        return emb[name]
    parts = name.split(".")
    if parts[:2] != ["encoder", "layer"] or parts[-1] not in ("weight", "bias"):
        return None
    inner = {
        "attention.self.query": "attention.w_query",
        "attention.self.key": "attention.w_key",
        "attention.self.value": "attention.w_value",
        "attention.output.dense": "attention.w_output",
        "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "feed_forward.contract",
        "output.dense": "feed_forward.expand",
        "output.LayerNorm": "feed_forward_norm",
    }.get(".".join(parts[3:-1]))
    return inner and f"encoder.blocks.{parts[2]}.{inner}.{parts[-1]}"
