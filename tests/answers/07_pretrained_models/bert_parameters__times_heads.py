# exercise: bert_parameters
# expect: wrong
# meant: the attention is counted once for each head
# about: \bheads?\b
def bert_parameters(config: dict[str, int]) -> int:
    d, ff = config["hidden_size"], config["intermediate_size"]
    heads = config["num_attention_heads"]
    embeddings = (config["vocab_size"] + config["max_position_embeddings"] + config["type_vocab_size"]) * d + 2 * d
    attention = heads * 3 * (d * d + d) + (d * d + d)
    feed_forward = d * ff + ff + ff * d + d
    return embeddings + config["num_hidden_layers"] * (attention + feed_forward + 4 * d) + d * d + d
