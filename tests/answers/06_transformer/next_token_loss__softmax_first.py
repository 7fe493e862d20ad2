# exercise: next_token_loss
# expect: wrong
# meant: softmax before F.cross_entropy, which takes it itself
# about: softmax|twice|probabilit|raw logits|unnormali|log_softmax|already
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    guesses = logits[:, :-1].reshape(-1, logits.shape[-1])
    targets = tokens[:, 1:].reshape(-1).long()
    if pad_id is not None:
        keep = targets != pad_id
        guesses, targets = guesses[keep], targets[keep]
    return F.cross_entropy(guesses.softmax(dim=-1), targets)
