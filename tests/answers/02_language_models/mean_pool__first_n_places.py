# exercise: mean_pool
# expect: wrong
# meant: counts the tokens and averages the first n places: right only with padding behind
# about: anywhere|in front|on the left|left padding|in the middle|where .*padding|padding.*(stand|front|left|begin)|first (n|places|few)|at the end|behind
def mean_pool(hidden, attention_mask):
    rows = []
    for h, m in zip(hidden, attention_mask):
        n = int(m.sum())
        rows.append(h[:n].mean(dim=0) if n else torch.zeros_like(h[0]))
    return torch.stack(rows)
