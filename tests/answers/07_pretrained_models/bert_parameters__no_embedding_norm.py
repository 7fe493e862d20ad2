# exercise: bert_parameters
# expect: wrong
# meant: the layer normalization after the embeddings is left out
# about: norm
def bert_parameters(config: dict[str, int]) -> int:
    def linear(a, b):
        return a * b + b

    d, ff = config["hidden_size"], config["intermediate_size"]
    rows = config["vocab_size"] + config["max_position_embeddings"] + config["type_vocab_size"]
    layer = 4 * linear(d, d) + linear(d, ff) + linear(ff, d) + 2 * 2 * d
    return rows * d + config["num_hidden_layers"] * layer + linear(d, d)
