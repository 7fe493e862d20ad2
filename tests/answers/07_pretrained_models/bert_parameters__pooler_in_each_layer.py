# exercise: bert_parameters
# expect: wrong
# meant: the pooler is counted inside the loop over layers
# about: pooler
def bert_parameters(config: dict[str, int]) -> int:
    d, ff = config["hidden_size"], config["intermediate_size"]
    count = 0
    for key in ("vocab_size", "max_position_embeddings", "type_vocab_size"):
        count += config[key] * d
    count += 2 * d
    for i in range(config["num_hidden_layers"]):
        count += 4 * (d * d + d)
        count += d * ff + ff + ff * d + d
        count += 4 * d
        count += d * d + d
    return count
