# exercise: BertEmbeddings
# expect: wrong
# meant: adds the whole position table: only texts of full length work
# about: length|shorter|whole (table|position)|position
class BertEmbeddings(nn.Module):
    def __init__(
        self, vocab_size: int, max_positions: int, type_vocab_size: int, d_model: int, eps: float = 1e-12
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocab_size, d_model)
        self.positions = nn.Embedding(max_positions, d_model)
        self.token_types = nn.Embedding(type_vocab_size, d_model)
        self.norm = nn.LayerNorm(d_model, eps=eps)

    def forward(self, input_ids: Tensor, token_types: Tensor | None = None) -> Tensor:
        if token_types is None:
            token_types = torch.zeros_like(input_ids)
        return self.norm(self.words(input_ids) + self.positions.weight + self.token_types(token_types))
