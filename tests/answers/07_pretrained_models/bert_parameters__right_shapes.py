# exercise: bert_parameters
# expect: right
# meant: lists all shapes and sums their products
def bert_parameters(config: dict[str, int]) -> int:
    d, ff = config["hidden_size"], config["intermediate_size"]
    shapes = [(config[key], d) for key in ("vocab_size", "max_position_embeddings", "type_vocab_size")]
    shapes += [(d,), (d,)]
    for _ in range(config["num_hidden_layers"]):
        for _ in range(4):
            shapes += [(d, d), (d,)]
        shapes += [(d,), (d,), (ff, d), (ff,), (d, ff), (d,), (d,), (d,)]
    shapes += [(d, d), (d,)]
    return sum(math.prod(shape) for shape in shapes)
