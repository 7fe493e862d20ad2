# exercise: next_token_loss
# expect: wrong
# meant: writes -100 into the caller's tokens
# about: in.?place|argument|unchanged|caller|mutat|modif|overwrit|-100|changes
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    targets = tokens[:, 1:]
    if pad_id is not None:
        targets[targets == pad_id] = -100
    return F.cross_entropy(logits[:, :-1].transpose(1, 2), targets.long())
