# exercise: cross_entropy
# expect: wrong
# meant: log(softmax + 1e-9): finite but wrong for improbable targets
# about: epsilon|1e-|small constant|underflow|log(arithm)? (of|after) (the )?softmax|after softmax|log_softmax|capped|never (larger|more) than|large logits|10000|add\w* .*(inside|to) .*(log|probabilit)
def cross_entropy(logits, targets, ignore_index=-100):
    V = logits.size(-1)
    x, y = logits.reshape(-1, V), targets.reshape(-1)
    p = torch.softmax(x, dim=-1)
    total, n = 0.0 * x.sum(), 0
    for i in range(len(y)):
        if y[i] != ignore_index:
            total = total - torch.log(p[i, y[i]] + 1e-9)
            n += 1
    return total / max(n, 1)
