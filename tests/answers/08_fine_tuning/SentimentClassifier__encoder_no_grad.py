# exercise: SentimentClassifier
# expect: wrong
# meant: runs the encoder under torch.no_grad, so it gets no gradient
# about: no_grad|gradient|detach|learns? along|does not learn
class SentimentClassifier(nn.Module):
    def __init__(self, encoder: BertModel, num_labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        with torch.no_grad():
            hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
        return self.head(self.dropout(pooled))
