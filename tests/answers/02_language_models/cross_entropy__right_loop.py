# exercise: cross_entropy
# expect: right
# meant: a loop over places, log-sum-exp by hand
def cross_entropy(logits, targets, ignore_index=-100):
    rows = logits.reshape(-1, logits.shape[-1])
    loss = rows.sum() * 0
    seen = 0
    for i, t in enumerate(targets.reshape(-1).tolist()):
        if t != ignore_index:
            seen += 1
            m = rows[i].max().detach()
            loss = loss + ((rows[i] - m).exp().sum().log() - (rows[i, t] - m))
    return loss / seen if seen else loss
