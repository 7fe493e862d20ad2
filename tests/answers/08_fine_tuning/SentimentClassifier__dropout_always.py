# exercise: SentimentClassifier
# expect: wrong
# meant: F.dropout without training=self.training, so it drops in evaluation mode, too
# about: eval|training ?=|self\.training|always|F\.dropout
class SentimentClassifier(nn.Module):
    def __init__(self, encoder: BertModel, num_labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.rate = dropout
        self.head = nn.Linear(encoder.config.hidden_size, num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
        return self.head(F.dropout(pooled, self.rate))
