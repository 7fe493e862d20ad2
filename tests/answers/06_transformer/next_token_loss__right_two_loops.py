# exercise: next_token_loss
# expect: right
# meant: loops over sequences and positions, a list of losses
def next_token_loss(logits: Tensor, tokens: Tensor, pad_id: int | None = None) -> Tensor:
    losses = []
    for b, row in enumerate(tokens.tolist()):
        for t in range(len(row) - 1):
            target = row[t + 1]
            if pad_id is not None and target == pad_id:
                continue
            losses.append(-F.log_softmax(logits[b, t], dim=0)[target])
    return sum(losses[1:], losses[0]) / len(losses)
