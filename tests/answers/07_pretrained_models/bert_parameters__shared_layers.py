# exercise: bert_parameters
# expect: wrong
# meant: counts one layer only, as if all shared their weights
# about: num_hidden_layers|layers|every layer|each layer|share
def bert_parameters(config: dict[str, int]) -> int:
    d, ff = config["hidden_size"], config["intermediate_size"]
    embeddings = (config["vocab_size"] + config["max_position_embeddings"] + config["type_vocab_size"]) * d + 2 * d
    layer = 4 * (d * d + d) + (d * ff + ff) + (ff * d + d) + 4 * d
    pooler = d * d + d
    return embeddings + layer + pooler
