# exercise: bert_hidden_states
# expect: wrong
# meant: counts the ones and keeps that many from the left: wrong where padding stands on the left
# about: left|right|front|begin|padding|mask|position|where
def bert_hidden_states(input_ids: Tensor, attention_mask: Tensor) -> Tensor:
    theirs = load_bert()[0]
    c = theirs.config
    embeddings = BertEmbeddings(
        c.vocab_size, c.max_position_embeddings, c.type_vocab_size, c.hidden_size, c.layer_norm_eps
    )
    encoder = Encoder(c.num_hidden_layers, c.hidden_size, c.num_attention_heads, c.intermediate_size)
    for part in encoder.modules():
        if hasattr(part, "eps"):
            part.eps = c.layer_norm_eps
    model = nn.ModuleDict({"embeddings": embeddings, "encoder": encoder})
    weights = {own_name(name): tensor for name, tensor in theirs.state_dict().items()}
    weights.pop(None, None)
    model.load_state_dict(weights)
    model.eval()
    with torch.no_grad():
        x = embeddings(input_ids)
        states = torch.zeros_like(x)
        for row, n in enumerate(attention_mask.sum(dim=1).tolist()):
            n = int(n)
            states[row, :n] = encoder(x[row : row + 1, :n])[0]
    return states
