# exercise: BertEmbeddings
# expect: right
# meant: a loop over the positions
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
        columns = []
        for t in range(input_ids.shape[1]):
            x = self.words(input_ids[:, t]) + self.positions.weight[t]
            kind = torch.zeros_like(input_ids[:, t]) if token_types is None else token_types[:, t]
            columns.append(self.norm(x + self.token_types(kind)))
        return torch.stack(columns, dim=1)
