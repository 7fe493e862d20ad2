# exercise: own_name
# expect: wrong
# meant: queries get the name of keys and keys that of queries
# about: quer|\bkeys?\b
import re


def own_name(name: str) -> str | None:
    table = {
        "attention.self.query": "attention.w_key",
        "attention.self.key": "attention.w_query",
        "attention.self.value": "attention.w_value",
        "attention.output.dense": "attention.w_output",
        "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "feed_forward.expand",
        "output.dense": "feed_forward.contract",
        "output.LayerNorm": "feed_forward_norm",
    }
    emb = {
        "embeddings.word_embeddings.weight": "embeddings.words.weight",
        "embeddings.position_embeddings.weight": "embeddings.positions.weight",
        "embeddings.token_type_embeddings.weight": "embeddings.token_types.weight",
        "embeddings.LayerNorm.weight": "embeddings.norm.weight",
        "embeddings.LayerNorm.bias": "embeddings.norm.bias",
    }
    if name in emb:
        return emb[name]
    m = re.fullmatch(r"encoder\.layer\.([0-9]+)\.(.+)\.(weight|bias)", name)
    if m and m[2] in table:
        return f"encoder.blocks.{m[1]}.{table[m[2]]}.{m[3]}"
    return None
