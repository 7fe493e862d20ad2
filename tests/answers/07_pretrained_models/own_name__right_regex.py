# exercise: own_name
# expect: right
# meant: a list of anchored patterns
import re

_PATTERNS = [
    (r"embeddings\.word_embeddings\.weight", r"embeddings.words.weight"),
    (r"embeddings\.position_embeddings\.weight", r"embeddings.positions.weight"),
    (r"embeddings\.token_type_embeddings\.weight", r"embeddings.token_types.weight"),
    (r"embeddings\.LayerNorm\.(weight|bias)", r"embeddings.norm.\1"),
    (r"encoder\.layer\.([0-9]+)\.attention\.self\.(query|key|value)\.(weight|bias)", r"encoder.blocks.\1.attention.w_\2.\3"),
    (r"encoder\.layer\.([0-9]+)\.attention\.output\.dense\.(weight|bias)", r"encoder.blocks.\1.attention.w_output.\2"),
    (r"encoder\.layer\.([0-9]+)\.attention\.output\.LayerNorm\.(weight|bias)", r"encoder.blocks.\1.attention_norm.\2"),
    (r"encoder\.layer\.([0-9]+)\.intermediate\.dense\.(weight|bias)", r"encoder.blocks.\1.feed_forward.expand.\2"),
    (r"encoder\.layer\.([0-9]+)\.output\.dense\.(weight|bias)", r"encoder.blocks.\1.feed_forward.contract.\2"),
    (r"encoder\.layer\.([0-9]+)\.output\.LayerNorm\.(weight|bias)", r"encoder.blocks.\1.feed_forward_norm.\2"),
]


def own_name(name: str) -> str | None:
    for pattern, new in _PATTERNS:
        found = re.fullmatch(pattern, name)
        if found:
            return found.expand(new)
    return None
