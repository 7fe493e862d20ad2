# exercise: bert_parameters
# expect: wrong
# meant: the pooler is left out
# about: pooler
def bert_parameters(config: dict[str, int]) -> int:
    d = config["hidden_size"]
    ff = config["intermediate_size"]
    total = (config["vocab_size"] + config["max_position_embeddings"] + config["type_vocab_size"]) * d
    total += 2 * d
    for _ in range(config["num_hidden_layers"]):
        total += 4 * (d * d + d)
        total += d * ff + ff
        total += ff * d + d
        total += 2 * (2 * d)
    return total
