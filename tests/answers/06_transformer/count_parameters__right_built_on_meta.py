# exercise: count_parameters
# expect: right
# meant: builds the layers without storage and counts
def count_parameters(
    num_layers: int, d_model: int, d_ff: int, vocab_size: int, max_length: int, *, tied: bool = True
) -> int:
    with torch.device("meta"):
        layer = nn.TransformerEncoderLayer(d_model, 1, d_ff, norm_first=True, batch_first=True)
        others = nn.ModuleList([nn.Embedding(vocab_size, d_model), nn.Embedding(max_length, d_model)])
        others.append(nn.LayerNorm(d_model))
        if not tied:
            others.append(nn.Linear(d_model, vocab_size, bias=False))

    def size(module: nn.Module) -> int:
        return sum(p.numel() for p in module.parameters())

    return num_layers * size(layer) + size(others)
