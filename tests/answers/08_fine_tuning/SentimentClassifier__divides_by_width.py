# exercise: SentimentClassifier
# expect: wrong
# meant: sums masked vectors but divides by the padded length, not by the number of tokens
# about: number of (real )?tokens|mask\.sum|sum of the mask|divid|width|padded length
class SentimentClassifier(nn.Module):
    def __init__(self, encoder: BertModel, num_labels: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, num_labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        pooled = (hidden * attention_mask[:, :, None]).sum(dim=1) / input_ids.shape[1]
        return self.head(self.dropout(pooled))
