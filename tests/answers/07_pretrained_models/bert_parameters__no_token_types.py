# exercise: bert_parameters
# expect: wrong
# meant: the table of token types is forgotten
# about: type
def bert_parameters(config: dict[str, int]) -> int:
    d, ff = config["hidden_size"], config["intermediate_size"]
    embeddings = (config["vocab_size"] + config["max_position_embeddings"]) * d + 2 * d
    layer = 4 * (d * d + d) + (d * ff + ff) + (ff * d + d) + 4 * d
    return embeddings + config["num_hidden_layers"] * layer + d * d + d
