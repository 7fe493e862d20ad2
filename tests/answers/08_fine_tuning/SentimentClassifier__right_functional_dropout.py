# exercise: SentimentClassifier
# expect: right
# meant: F.dropout with training=self.training, padding filled by zero with masked_fill
class SentimentClassifier(nn.Module):
    def __init__(self, encoder: BertModel, num_labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder, self.rate = encoder, dropout
        self.head = nn.Linear(in_features=encoder.config.hidden_size, out_features=num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        total = hidden.masked_fill((attention_mask == 0)[..., None], 0.0).sum(dim=1)
        pooled = total / attention_mask.sum(dim=1)[:, None]
        return F.linear(F.dropout(pooled, p=self.rate, training=self.training), self.head.weight, self.head.bias)
