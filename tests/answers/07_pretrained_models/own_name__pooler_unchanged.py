# exercise: own_name
# expect: wrong
# meant: never returns None: unknown names come back unchanged
# about: None|pooler|no place|unknown|unchanged
def own_name(name: str) -> str | None:
    for a, b in (
        ("encoder.layer.", "encoder.blocks."),
        ("attention.self.", "attention.w_"),
        ("attention.output.dense", "attention.w_output"),
        ("attention.output.LayerNorm", "attention_norm"),
        ("intermediate.dense", "feed_forward.expand"),
        (".output.dense", ".feed_forward.contract"),
        (".output.LayerNorm", ".feed_forward_norm"),
        ("word_embeddings", "words"),
        ("position_embeddings", "positions"),
        ("token_type_embeddings", "token_types"),
        ("LayerNorm", "norm"),
    ):
        name = name.replace(a, b)
    return name
