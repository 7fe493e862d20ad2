# exercise: next_token_loss
# expect: wrong
# meant: reshape instead of transpose to bring the classes to the second axis: numbers get mixed up
# about: reshape|transpose|permute|view|mix|axis|axes|dimension|order|class
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    batch, length, vocab_size = logits.shape
    targets = tokens[:, 1:].long()
    ignore = -100 if pad_id is None else pad_id
    return F.cross_entropy(logits[:, :-1].reshape(batch, vocab_size, length - 1), targets, ignore_index=ignore)
