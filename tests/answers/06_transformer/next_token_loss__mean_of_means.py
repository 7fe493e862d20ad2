# exercise: next_token_loss
# expect: wrong
# meant: the mean of each sequence, then the mean of those: sequences with padding weigh as much as full ones
# about: mean of (the )?mean|each sequence|per sequence|sequences?\b|all guesses|weigh|row|average of
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    losses = []
    for guess, target in zip(logits[:, :-1], tokens[:, 1:].long()):
        if pad_id is not None:
            guess, target = guess[target != pad_id], target[target != pad_id]
        if len(target):
            losses.append(F.cross_entropy(guess, target))
    return torch.stack(losses).mean()
