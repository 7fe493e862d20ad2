# exercise: next_token_loss
# expect: wrong
# meant: leaves out the guesses made at a padding token, not those whose target is one
# about: target|input|made at|shift|pad.*(next|following|t ?\+ ?1|position)|which token|guess(es)? (at|from|after|behind)
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    guesses = logits[:, :-1].reshape(-1, logits.shape[-1])
    targets = tokens[:, 1:].reshape(-1).long()
    if pad_id is not None:
        keep = tokens[:, :-1].reshape(-1) != pad_id
        guesses, targets = guesses[keep], targets[keep]
    return F.cross_entropy(guesses, targets)
