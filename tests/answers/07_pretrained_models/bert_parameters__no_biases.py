# exercise: bert_parameters
# expect: wrong
# meant: linear layers counted as a*b, all biases forgotten
# about: bias
def bert_parameters(config: dict[str, int]) -> int:
    d, f = config["hidden_size"], config["intermediate_size"]
    tables = (config["vocab_size"] + config["max_position_embeddings"] + config["type_vocab_size"]) * d
    layer = 4 * d * d + 2 * d * f + 4 * d
    return tables + 2 * d + config["num_hidden_layers"] * layer + d * d
