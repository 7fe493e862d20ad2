# exercise: next_token_loss
# expect: right
# meant: logsumexp minus the target's logit, after a boolean choice
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    chosen = torch.ones_like(tokens[:, 1:], dtype=torch.bool)
    if pad_id is not None:
        chosen = tokens[:, 1:].ne(pad_id)
    scores, targets = logits[:, :-1][chosen], tokens[:, 1:][chosen].long()
    hits = scores.gather(-1, targets.unsqueeze(-1)).squeeze(-1)
    return (scores.logsumexp(dim=-1) - hits).mean()
