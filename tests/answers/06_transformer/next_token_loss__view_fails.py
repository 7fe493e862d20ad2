# exercise: next_token_loss
# expect: wrong
# meant: view on a slice that is not contiguous: an error for more than one sequence
# about: view|contiguous|reshape|stride
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    guesses = logits[:, :-1].view(-1, logits.shape[-1])
    targets = tokens[:, 1:].reshape(-1).long()
    if pad_id is not None:
        keep = targets != pad_id
        guesses, targets = guesses[keep], targets[keep]
    return F.cross_entropy(guesses, targets)
