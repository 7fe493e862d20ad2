# exercise: bert_hidden_states
# expect: wrong
# meant: takes the padding out before the embeddings, so that positions count tokens only
# about: position|left|shift|before the embeddings|count
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
    states = torch.zeros(*input_ids.shape, c.hidden_size)
    with torch.no_grad():
        for row in range(len(input_ids)):
            keep = attention_mask[row].bool()
            ids = input_ids[row][keep].unsqueeze(0)
            states[row, keep] = encoder(embeddings(ids))[0]
    return states
