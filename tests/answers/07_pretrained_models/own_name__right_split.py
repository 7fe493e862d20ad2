# exercise: own_name
# expect: right
# meant: splits at the dots
def own_name(name: str) -> str | None:
    head, _, rest = name.partition(".")
    middle, _, kind = rest.rpartition(".")
    if head == "embeddings":
        if middle == "LayerNorm":
            return f"embeddings.norm.{kind}" if kind in ("weight", "bias") else None
        new = {"word_embeddings": "words", "position_embeddings": "positions", "token_type_embeddings": "token_types"}.get(middle)
        return f"embeddings.{new}.weight" if new and kind == "weight" else None
    if head != "encoder" or kind not in ("weight", "bias"):
        return None
    pieces = middle.split(".", 2)
    if len(pieces) != 3 or pieces[0] != "layer" or not pieces[1].isdecimal():
        return None
    new = {
        "attention.self.query": "attention.w_query",
        "attention.self.key": "attention.w_key",
        "attention.self.value": "attention.w_value",
        "attention.output.dense": "attention.w_output",
        "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "feed_forward.expand",
        "output.dense": "feed_forward.contract",
        "output.LayerNorm": "feed_forward_norm",
    }.get(pieces[2])
    return None if new is None else f"encoder.blocks.{pieces[1]}.{new}.{kind}"
