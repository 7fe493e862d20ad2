# exercise: BertEmbeddings
# expect: wrong
# meant: the parameters have transformers' names
# about: \bnames?\b|named|called|state_dict|words|LayerNorm
class BertEmbeddings(nn.Module):
    def __init__(
        self, vocab_size: int, max_positions: int, type_vocab_size: int, d_model: int, eps: float = 1e-12
    ) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(vocab_size, d_model)
        self.position_embeddings = nn.Embedding(max_positions, d_model)
        self.token_type_embeddings = nn.Embedding(type_vocab_size, d_model)
        self.LayerNorm = nn.LayerNorm(d_model, eps=eps)

    def forward(self, input_ids: Tensor, token_types: Tensor | None = None) -> Tensor:
        if token_types is None:
            token_types = torch.zeros_like(input_ids)
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.word_embeddings(input_ids)
        x = x + self.position_embeddings(positions)
        x = x + self.token_type_embeddings(token_types)
        return self.LayerNorm(x)
