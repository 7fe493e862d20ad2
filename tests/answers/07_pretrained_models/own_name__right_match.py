# exercise: own_name
# expect: right
# meant: structural pattern matching on the parts
def own_name(name: str) -> str | None:
    match name.split("."):
        case ["embeddings", ("word_embeddings" | "position_embeddings" | "token_type_embeddings") as table, "weight"]:
            return "embeddings." + table.removesuffix("_embeddings") + "s.weight"
        case ["embeddings", "LayerNorm", ("weight" | "bias") as kind]:
            return "embeddings.norm." + kind
        case ["encoder", "layer", number, *inside, ("weight" | "bias") as kind] if number.isdecimal():
            match inside:
                case ["attention", "self", ("query" | "key" | "value") as role]:
                    new = "attention.w_" + role
                case ["attention", "output", "dense"]:
                    new = "attention.w_output"
                case ["attention", "output", "LayerNorm"]:
                    new = "attention_norm"
                case ["intermediate", "dense"]:
                    new = "feed_forward.expand"
                case ["output", "dense"]:
                    new = "feed_forward.contract"
                case ["output", "LayerNorm"]:
                    new = "feed_forward_norm"
                case _:
                    return None
            return f"encoder.blocks.{number}.{new}.{kind}"
    return None
