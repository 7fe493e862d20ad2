# exercise: own_name
# expect: wrong
# meant: chain of replaces that renames output.dense before attention.output.dense
# about: order|attention\.output|w_output|before|first|longer|contained|part of
def own_name(name: str) -> str | None:
    if name.startswith("pooler") or "position_ids" in name:
        return None
    pairs = [
        ("encoder.layer.", "encoder.blocks."),
        ("attention.self.query", "attention.w_query"),
        ("attention.self.key", "attention.w_key"),
        ("attention.self.value", "attention.w_value"),
        ("intermediate.dense", "feed_forward.expand"),
        ("output.dense", "feed_forward.contract"),
        ("attention.output.dense", "attention.w_output"),
        ("attention.output.LayerNorm", "attention_norm"),
        ("output.LayerNorm", "feed_forward_norm"),
        ("word_embeddings", "words"),
        ("position_embeddings", "positions"),
        ("token_type_embeddings", "token_types"),
        ("embeddings.LayerNorm", "embeddings.norm"),
    ]
    for a, b in pairs:
        name = name.replace(a, b)
    return name
