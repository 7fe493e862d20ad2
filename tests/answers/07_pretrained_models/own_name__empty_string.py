# exercise: own_name
# expect: wrong
# meant: gives an empty string instead of None
# about: None|empty|""|''
import re


def own_name(name: str) -> str | None:
    simple = {"word_embeddings": "words", "position_embeddings": "positions", "token_type_embeddings": "token_types"}
    m = re.fullmatch(r"embeddings\.(word_embeddings|position_embeddings|token_type_embeddings)\.weight", name)
    if m:
        return f"embeddings.{simple[m[1]]}.weight"
    m = re.fullmatch(r"embeddings\.LayerNorm\.(weight|bias)", name)
    if m:
        return f"embeddings.norm.{m[1]}"
    rules = {
        r"attention\.self\.(query|key|value)": r"attention.w_\2",
        r"attention\.output\.dense()": "attention.w_output",
        r"attention\.output\.LayerNorm()": "attention_norm",
        r"intermediate\.dense()": "feed_forward.expand",
        r"output\.dense()": "feed_forward.contract",
        r"output\.LayerNorm()": "feed_forward_norm",
    }
    for pattern, new in rules.items():
        m = re.fullmatch(r"encoder\.layer\.([0-9]+)\." + pattern + r"\.(weight|bias)", name)
        if m:
            return m.expand(r"encoder.blocks.\1." + new + r".\3")
    return ""
