# exercise: SentimentClassifier
# expect: wrong
# meant: squeeze() on the result takes away the batch dimension of a single text
# about: squeeze|single (text|row)|one text|batch (of |size )?(1|one)\b|batch dimension
class SentimentClassifier(nn.Module):
    def __init__(self, encoder: BertModel, num_labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
        logits = self.head(self.dropout(pooled))
        return logits.squeeze()
