# exercise: next_token_loss
# expect: wrong
# meant: if pad_id: the padding token 0 counts as none
# about: \b0\b|zero|is not None|falsy|truth|false|is None
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    guesses = logits[:, :-1].reshape(-1, logits.shape[-1])
    targets = tokens[:, 1:].reshape(-1).long()
    if pad_id:
        keep = targets != pad_id
        guesses, targets = guesses[keep], targets[keep]
    return F.cross_entropy(guesses, targets)
