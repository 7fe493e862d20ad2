# exercise: next_token_loss
# expect: wrong
# meant: takes 0 for padding when none is given
# about: pad|None|\b0\b|zero|default
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    guesses = logits[:, :-1].reshape(-1, logits.shape[-1])
    targets = tokens[:, 1:].reshape(-1).long()
    pad_id = pad_id or 0
    if True:
        keep = targets != pad_id
        guesses, targets = guesses[keep], targets[keep]
    return F.cross_entropy(guesses, targets)
