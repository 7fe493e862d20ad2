# exercise: BertEmbeddings
# expect: right
# meant: one-hot rows times the tables
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
        length = input_ids.size(1)
        words = F.one_hot(input_ids.long(), self.words.num_embeddings).to(self.words.weight.dtype)
        total = words @ self.words.weight + self.positions.weight[:length]
        if token_types is None:
            total = total + self.token_types.weight[0]
        else:
            total = total + self.token_types.weight[token_types.long()]
        return self.norm(total)
