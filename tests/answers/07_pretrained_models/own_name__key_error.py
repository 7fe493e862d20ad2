# exercise: own_name
# expect: wrong
# meant: looks up without asking: raises KeyError for an unknown name
# about: None|KeyError|no place|unknown|rais
def own_name(name: str) -> str | None:
    if name.startswith("pooler"):
        return None
    table = {
        "word_embeddings": "words",
        "position_embeddings": "positions",
        "token_type_embeddings": "token_types",
        "LayerNorm": "norm",
        "attention.self.query": "attention.w_query",
        "attention.self.key": "attention.w_key",
        "attention.self.value": "attention.w_value",
        "attention.output.dense": "attention.w_output",
        "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "feed_forward.expand",
        "output.dense": "feed_forward.contract",
        "output.LayerNorm": "feed_forward_norm",
    }
    parts = name.split(".")
    if parts[0] == "embeddings":
        return f"embeddings.{table[parts[1]]}.{parts[2]}"
    return f"encoder.blocks.{parts[2]}.{table['.'.join(parts[3:-1])]}.{parts[-1]}"
