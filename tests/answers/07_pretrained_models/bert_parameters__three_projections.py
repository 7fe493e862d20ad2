# exercise: bert_parameters
# expect: wrong
# meant: attention has only query, key and value, the output projection is forgotten
# about: attention|output|four linear|projection|fourth
def bert_parameters(config: dict[str, int]) -> int:
    d, ff = config["hidden_size"], config["intermediate_size"]
    square = d * d + d
    embeddings = (config["vocab_size"] + config["max_position_embeddings"] + config["type_vocab_size"]) * d + 2 * d
    qkv = 3 * square
    layer = qkv + d * ff + ff + ff * d + d + 4 * d
    return embeddings + layer * config["num_hidden_layers"] + square
