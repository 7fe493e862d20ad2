# exercise: bert_parameters
# expect: wrong
# meant: returns millions, rounded, not the exact number
# about: million|round|exact
def bert_parameters(config: dict[str, int]) -> int:
    d, ff = config["hidden_size"], config["intermediate_size"]
    embeddings = (config["vocab_size"] + config["max_position_embeddings"] + config["type_vocab_size"]) * d + 2 * d
    layer = 4 * (d * d + d) + (d * ff + ff) + (ff * d + d) + 4 * d
    total = embeddings + config["num_hidden_layers"] * layer + d * d + d
    return round(total / 1_000_000)
