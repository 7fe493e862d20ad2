# exercise: next_token_loss
# expect: wrong
# meant: padding adds nothing to the sum, but is counted in the number that divides it
# about: divid|number of|count|denominator|all (positions|guesses|places)|mean (over|of)|only (over|those|the)|zero
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    losses = F.cross_entropy(logits[:, :-1].transpose(1, 2), tokens[:, 1:].long(), reduction="none")
    if pad_id is not None:
        losses = losses * (tokens[:, 1:] != pad_id)
    return losses.mean()
