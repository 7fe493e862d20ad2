# exercise: next_token_loss
# expect: wrong
# meant: torch.roll: the last position has to guess the first token
# about: roll|last (position|token|logits|place)|wrap|first token|cycl|around|no next|nothing to guess
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    targets = torch.roll(tokens, -1, dims=1).long()
    ignore = -100 if pad_id is None else pad_id
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=ignore)
