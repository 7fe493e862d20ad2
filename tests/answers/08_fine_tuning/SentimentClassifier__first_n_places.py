# exercise: SentimentClassifier
# expect: wrong
# meant: takes the mean of the first n places for n tokens, so padding in front or in the middle goes wrong
# about: wherever|front|left|middle|first n|at the end|slic
class SentimentClassifier(nn.Module):
    def __init__(self, encoder: BertModel, num_labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        pooled = torch.stack([one[:count].mean(dim=0) for one, count in zip(hidden, attention_mask.sum(dim=1).tolist())])
        return self.head(self.dropout(pooled))
