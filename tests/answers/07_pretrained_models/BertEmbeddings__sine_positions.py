# exercise: BertEmbeddings
# expect: wrong
# meant: fixed sines in place of a learned position table
# about: position|table|sin(e|us)|learn|parameter|fixed|missing
class BertEmbeddings(nn.Module):
    def __init__(
        self, vocab_size: int, max_positions: int, type_vocab_size: int, d_model: int, eps: float = 1e-12
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocab_size, d_model)
        self.token_types = nn.Embedding(type_vocab_size, d_model)
        self.norm = nn.LayerNorm(d_model, eps=eps)
        rates = torch.exp(-math.log(10000.0) * (torch.arange(d_model) // 2 * 2) / d_model)
        angles = torch.arange(max_positions)[:, None] * rates
        even = torch.arange(d_model) % 2 == 0
        self.register_buffer("sines", torch.where(even, angles.sin(), angles.cos()), persistent=False)

    def forward(self, input_ids: Tensor, token_types: Tensor | None = None) -> Tensor:
        if token_types is None:
            token_types = torch.zeros_like(input_ids)
        return self.norm(self.words(input_ids) + self.sines[: input_ids.shape[1]] + self.token_types(token_types))
