# exercise: bert_hidden_states
# expect: wrong
# meant: uses the first row's mask for the whole batch
# about: mask|first row|each row|every row|own mask|batch|padding
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
    keep = attention_mask[0].bool()
    with torch.no_grad():
        x = embeddings(input_ids)
        states = torch.zeros_like(x)
        states[:, keep] = encoder(x[:, keep])
    return states
