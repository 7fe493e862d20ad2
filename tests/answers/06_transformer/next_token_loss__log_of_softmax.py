# exercise: next_token_loss
# expect: wrong
# meant: log(softmax) is infinite where a probability underflows
# about: inf\b|infinit|overflow|underflow|log_softmax|log.?sum.?exp|large (logits|scores|numbers|values)|1000|precision|stable|log\(0\)|log of (0|zero)|nan|numerical
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    guesses = logits[:, :-1].reshape(-1, logits.shape[-1])
    targets = tokens[:, 1:].reshape(-1).long()
    if pad_id is not None:
        keep = targets != pad_id
        guesses, targets = guesses[keep], targets[keep]
    probabilities = torch.softmax(guesses, dim=-1)
    return -torch.log(probabilities[torch.arange(len(targets)), targets]).mean()
