# exercise: BertEmbeddings
# expect: wrong
# meant: eps is not handed to the layer norm, which takes 1e-5
# about: \beps|epsilon|1e-5|1e-12|variance|default
class BertEmbeddings(nn.Module):
    def __init__(
        self, vocab_size: int, max_positions: int, type_vocab_size: int, d_model: int, eps: float = 1e-12
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocab_size, d_model)
        self.positions = nn.Embedding(max_positions, d_model)
        self.token_types = nn.Embedding(type_vocab_size, d_model)
        self.norm = nn.LayerNorm(d_model)

    def forward(self, input_ids: Tensor, token_types: Tensor | None = None) -> Tensor:
        if token_types is None:
            token_types = torch.zeros_like(input_ids)
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)
        return self.norm(self.words(input_ids) + self.positions(positions) + self.token_types(token_types))
