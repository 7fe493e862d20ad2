# exercise: own_name
# expect: wrong
# meant: the prefix embeddings. is lost
# about: prefix|embeddings\.
def own_name(name: str) -> str | None:
    emb = {
        "embeddings.word_embeddings.weight": "words.weight",
        "embeddings.position_embeddings.weight": "positions.weight",
        "embeddings.token_type_embeddings.weight": "token_types.weight",
        "embeddings.LayerNorm.weight": "norm.weight",
        "embeddings.LayerNorm.bias": "norm.bias",
    }
    if name in emb:
        return emb[name]
    parts = name.split(".")
    if parts[:2] != ["encoder", "layer"]:
        return None
    inner = {
        "attention.self.query": "attention.w_query",
        "attention.self.key": "attention.w_key",
        "attention.self.value": "attention.w_value",
        "attention.output.dense": "attention.w_output",
        "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "feed_forward.expand",
        "output.dense": "feed_forward.contract",
        "output.LayerNorm": "feed_forward_norm",
    }.get(".".join(parts[3:-1]))
    if inner is None or parts[-1] not in ("weight", "bias"):
        return None
    return ".".join(["encoder", "blocks", parts[2], inner, parts[-1]])
