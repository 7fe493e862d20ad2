# exercise: next_token_loss
# expect: wrong
# meant: the sum instead of the mean
# about: \bsum\b|mean|average|divid
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    guesses = logits[:, :-1].reshape(-1, logits.shape[-1])
    targets = tokens[:, 1:].reshape(-1).long()
    if pad_id is not None:
        keep = targets != pad_id
        guesses, targets = guesses[keep], targets[keep]
    return F.cross_entropy(guesses, targets, reduction="sum")
