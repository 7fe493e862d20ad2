# exercise: own_name
# expect: wrong
# meant: anything inside encoder.layer or embeddings is passed on, even what is not in the table
# about: None|no place|unknown|not in the table|whatever
def own_name(name: str) -> str | None:
    if name.startswith("embeddings."):
        head, part, kind = name.split(".", 2) if name.count(".") > 1 else (name, "", "")
        part = {"word_embeddings": "words", "position_embeddings": "positions", "token_type_embeddings": "token_types", "LayerNorm": "norm"}.get(part)
        return None if part is None else f"embeddings.{part}.{kind}"
    if name.startswith("encoder.layer."):
        name = name.replace("encoder.layer.", "encoder.blocks.")
        name = name.replace("attention.self.", "attention.w_")
        name = name.replace("attention.output.dense", "attention.w_output")
        name = name.replace("attention.output.LayerNorm", "attention_norm")
        name = name.replace("intermediate.dense", "feed_forward.expand")
        name = name.replace(".output.dense", ".feed_forward.contract")
        name = name.replace(".output.LayerNorm", ".feed_forward_norm")
        return name
    return None
