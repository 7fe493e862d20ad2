# exercise: bert_parameters
# expect: wrong
# meant: takes 4*d for the feed-forward width and never reads intermediate_size
# about: intermediate_size|feed.?forward|four times|4 ?[*·] ?d|d_?ff|\b4d\b
def bert_parameters(config: dict[str, int]) -> int:
    d = config["hidden_size"]
    rows = config["vocab_size"] + config["max_position_embeddings"] + config["type_vocab_size"]
    embeddings = rows * d + 2 * d
    # 4 d^2 attention, 8 d^2 feed-forward, and 13 d of biases and norms
    layer = 12 * d * d + 13 * d
    return embeddings + config["num_hidden_layers"] * layer + d * d + d
