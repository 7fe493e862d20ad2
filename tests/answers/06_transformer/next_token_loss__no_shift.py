# exercise: next_token_loss
# expect: wrong
# meant: logits at t are compared with token t
# about: shift|t ?\+ ?1|next token|following|same (position|place)|off by one|itself
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    guesses = logits.reshape(-1, logits.shape[-1])
    targets = tokens.reshape(-1).long()
    if pad_id is not None:
        keep = targets != pad_id
        guesses, targets = guesses[keep], targets[keep]
    return F.cross_entropy(guesses, targets)
