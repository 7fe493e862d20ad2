# exercise: BertEmbeddings
# expect: right
# meant: the normalization written out
class BertEmbeddings(nn.Module):
    def __init__(
        self, vocab_size: int, max_positions: int, type_vocab_size: int, d_model: int, eps: float = 1e-12
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocab_size, d_model)
        self.positions = nn.Embedding(max_positions, d_model)
        self.token_types = nn.Embedding(type_vocab_size, d_model)
        self.norm = nn.LayerNorm(d_model, eps)

    def forward(self, input_ids: Tensor, token_types: Tensor | None = None) -> Tensor:
        batch, length = input_ids.shape
        types = torch.zeros(batch, length, dtype=torch.long, device=input_ids.device) if token_types is None else token_types
        places = torch.arange(length, device=input_ids.device).expand(batch, length)
        x = torch.stack([self.words(input_ids), self.positions(places), self.token_types(types)]).sum(dim=0)
        centred = x - x.mean(dim=-1, keepdim=True)
        variance = centred.square().mean(dim=-1, keepdim=True)
        return centred / torch.sqrt(variance + self.norm.eps) * self.norm.weight + self.norm.bias
