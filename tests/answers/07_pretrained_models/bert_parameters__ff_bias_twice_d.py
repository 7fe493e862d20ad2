# exercise: bert_parameters
# expect: wrong
# meant: both feed-forward biases have width d
# about: bias|feed.?forward|d_?ff|intermediate
def bert_parameters(config: dict[str, int]) -> int:
    d, ff = config["hidden_size"], config["intermediate_size"]
    embeddings = (config["vocab_size"] + config["max_position_embeddings"] + config["type_vocab_size"]) * d + 2 * d
    attention = 4 * (d * d + d)
    feed_forward = 2 * (d * ff + d)
    return embeddings + config["num_hidden_layers"] * (attention + feed_forward + 4 * d) + (d * d + d)
