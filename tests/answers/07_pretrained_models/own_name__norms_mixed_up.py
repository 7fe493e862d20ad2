# exercise: own_name
# expect: wrong
# meant: both layer norms of a block become feed_forward_norm
# about: norm
def own_name(name: str) -> str | None:
    if name.startswith("embeddings."):
        for a, b in (("word_embeddings", "words"), ("position_embeddings", "positions"), ("token_type_embeddings", "token_types"), ("LayerNorm", "norm")):
            if a in name:
                return "embeddings." + b + "." + name.split(".")[-1]
        return None
    if not name.startswith("encoder.layer."):
        return None
    n = name.split(".")[2]
    kind = name.split(".")[-1]
    if "output.LayerNorm" in name:
        new = "feed_forward_norm"
    elif "query" in name:
        new = "attention.w_query"
    elif "key" in name:
        new = "attention.w_key"
    elif "value" in name:
        new = "attention.w_value"
    elif "attention.output.dense" in name:
        new = "attention.w_output"
    elif "intermediate.dense" in name:
        new = "feed_forward.expand"
    elif "output.dense" in name:
        new = "feed_forward.contract"
    else:
        return None
    return f"encoder.blocks.{n}.{new}.{kind}"
