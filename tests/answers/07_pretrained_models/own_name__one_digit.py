# exercise: own_name
# expect: wrong
# meant: the pattern takes a layer number of one digit
# about: digit|\b1[0-9]\b|ten\b|larger number|number of the layer|layer number|two-figure
import re


def own_name(name: str) -> str | None:
    inner = {
        "attention.self.query": "attention.w_query",
        "attention.self.key": "attention.w_key",
        "attention.self.value": "attention.w_value",
        "attention.output.dense": "attention.w_output",
        "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "feed_forward.expand",
        "output.dense": "feed_forward.contract",
        "output.LayerNorm": "feed_forward_norm",
    }
    outer = {
        "word_embeddings.weight": "words.weight",
        "position_embeddings.weight": "positions.weight",
        "token_type_embeddings.weight": "token_types.weight",
        "LayerNorm.weight": "norm.weight",
        "LayerNorm.bias": "norm.bias",
    }
    if name.startswith("embeddings."):
        rest = outer.get(name[len("embeddings.") :])
        return None if rest is None else "embeddings." + rest
    match = re.match(r"^encoder\.layer\.(\d)\.(.*)\.(weight|bias)$", name)
    if match is None or match.group(2) not in inner:
        return None
    return f"encoder.blocks.{match.group(1)}.{inner[match.group(2)]}.{match.group(3)}"
