# exercise: bert_parameters
# expect: wrong
# meant: empties the caller's configuration with pop
# about: argument|config.*(chang|modif|mutat|unchanged|empt)|mutat|modif|unchanged|\bpop
def bert_parameters(config: dict[str, int]) -> int:
    d = config.pop("hidden_size")
    ff = config.pop("intermediate_size")
    layers = config.pop("num_hidden_layers")
    config.pop("num_attention_heads")
    # what is left are the three tables
    embeddings = sum(config.values()) * d + 2 * d
    return embeddings + layers * (4 * (d * d + d) + d * ff + ff + ff * d + d + 4 * d) + d * d + d
