# exercise: bert_parameters
# expect: wrong
# meant: only one of the two layer normalizations of each layer is counted
# about: norm
def bert_parameters(config: dict[str, int]) -> int:
    d = config["hidden_size"]
    ff = config["intermediate_size"]
    emb = (config["vocab_size"] + config["max_position_embeddings"] + config["type_vocab_size"]) * d + 2 * d
    attention = 4 * (d * d + d)
    feed = (d * ff + ff) + (ff * d + d)
    norm = 2 * d
    return emb + config["num_hidden_layers"] * (attention + feed + norm) + d * d + d
