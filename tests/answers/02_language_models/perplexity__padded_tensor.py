# exercise: perplexity
# expect: wrong
# meant: pads sentences with zeros to make a tensor and takes its mean: the padding counts as certain tokens
# about: pad|zero|all places|number of tokens|too many|short sentence|unequal|different length|certain
def perplexity(log_probs):
    longest = max(len(s) for s in log_probs)
    table = torch.zeros(len(log_probs), longest, dtype=torch.float64)
    for i, s in enumerate(log_probs):
        table[i, : len(s)] = torch.tensor(s, dtype=torch.float64)
    return torch.exp(-table.mean()).item()
