# exercise: SentimentClassifier
# expect: wrong
# meant: mean over all places, padding included
# about: padding|mask(ed)? mean|all places|mean\(dim=1\)
class SentimentClassifier(nn.Module):
    def __init__(self, encoder: BertModel, num_labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        pooled = hidden.mean(dim=1)
        return self.head(self.dropout(pooled))
