# exercise: compute_optimal
# expect: wrong
# meant: minimises the fitted loss over a grid; the ratio is only a side remark
# about: ratio|tokens_per_parameter|tokens per parameter|fit|grid|formula|r\b.*N|20
def compute_optimal(flops, tokens_per_parameter=20.0):
    n = torch.logspace(0, 15, 3000, dtype=torch.float64)
    d = flops / (6 * n)
    loss = 1.69 + 406.4 / n**0.34 + 410.7 / d**0.28
    i = loss.argmin()
    return n[i].item(), d[i].item()
