# exercise: next_token_loss
# expect: wrong
# meant: pad_id is not used
# about: pad
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    guesses = logits[:, :-1].reshape(-1, logits.shape[-1])
    targets = tokens[:, 1:].reshape(-1).long()
    return F.cross_entropy(guesses, targets)
