# exercise: SentimentClassifier
# expect: wrong
# meant: takes the vector of the first token ([CLS]) instead of the masked mean
# about: CLS|first token|first (place|position)|\[:, ?0
class SentimentClassifier(nn.Module):
    def __init__(self, encoder: BertModel, num_labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.head(self.dropout(hidden[:, 0]))
