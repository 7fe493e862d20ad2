# exercise: SentimentClassifier
# expect: wrong
# meant: dropout on the hidden states before the mean, not on the pooled vector
# about: pooled|before (the )?(mean|pooling)|after (the )?(mean|pooling)|hidden states
class SentimentClassifier(nn.Module):
    def __init__(self, encoder: BertModel, num_labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.dropout(self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state)
        weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
        return self.head(pooled)
