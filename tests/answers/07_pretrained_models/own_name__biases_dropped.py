# exercise: own_name
# expect: wrong
# meant: gives None for every bias
# about: bias
def own_name(name: str) -> str | None:
    parts = name.split(".")
    if parts[-1] != "weight":
        return None
    middle = {
        "attention.self.query": "attention.w_query",
        "attention.self.key": "attention.w_key",
        "attention.self.value": "attention.w_value",
        "attention.output.dense": "attention.w_output",
        "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "feed_forward.expand",
        "output.dense": "feed_forward.contract",
        "output.LayerNorm": "feed_forward_norm",
    }
    tables = {
        "word_embeddings": "words",
        "position_embeddings": "positions",
        "token_type_embeddings": "token_types",
        "LayerNorm": "norm",
    }
    if parts[0] == "embeddings" and len(parts) == 3 and parts[1] in tables:
        return f"embeddings.{tables[parts[1]]}.weight"
    if parts[:2] == ["encoder", "layer"] and ".".join(parts[3:-1]) in middle:
        return f"encoder.blocks.{parts[2]}.{middle['.'.join(parts[3:-1])]}.weight"
    return None
