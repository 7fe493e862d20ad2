# exercise: bert_hidden_states
# expect: wrong
# meant: returns the states before the last layer: the encoder is built one layer too short
# about: layer
def bert_hidden_states(input_ids: Tensor, attention_mask: Tensor) -> Tensor:
    theirs = load_bert()[0]
    c = theirs.config
    embeddings = BertEmbeddings(
        c.vocab_size, c.max_position_embeddings, c.type_vocab_size, c.hidden_size, c.layer_norm_eps
    )
    encoder = Encoder(c.num_hidden_layers - 1, c.hidden_size, c.num_attention_heads, c.intermediate_size)
    for part in encoder.modules():
        if hasattr(part, "eps"):
            part.eps = c.layer_norm_eps
    model = nn.ModuleDict({"embeddings": embeddings, "encoder": encoder})
    weights = {own_name(name): tensor for name, tensor in theirs.state_dict().items()}
    weights.pop(None, None)
    model.load_state_dict(weights, strict=False)
    model.eval()
    with torch.no_grad():
        x = embeddings(input_ids)
        states = torch.zeros_like(x)
        # one text at a time, its tokens alone: then there is no padding to be masked
        for row, mask in enumerate(attention_mask.bool()):
            states[row, mask] = encoder(x[row, mask].unsqueeze(0))[0]
    return states
