# exercise: next_token_loss
# expect: right
# meant: classes to the second axis, ignore_index of F.cross_entropy
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    ignore = -100 if pad_id is None else pad_id
    return F.cross_entropy(logits[:, :-1].movedim(-1, 1), tokens[:, 1:].long(), ignore_index=ignore)
