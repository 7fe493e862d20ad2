# exercise: SentimentClassifier
# expect: right
# meant: pooling by einsum, count by sum with keepdim
class SentimentClassifier(nn.Module):
    def __init__(self, encoder: BertModel, num_labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.to(hidden)
        total = torch.einsum("bld,bl->bd", hidden, mask)
        return self.head(self.dropout(total / mask.sum(dim=1, keepdim=True)))
