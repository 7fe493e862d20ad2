# exercise: perplexity
# expect: right
# meant: one flat double tensor
def perplexity(log_probs):
    flat = torch.cat([torch.tensor(s, dtype=torch.float64) for s in log_probs])
    return flat.mean().neg().exp()
