# exercise: mean_pool
# expect: right
# meant: padding as NaN, nanmean, NaN back to zero for empty rows
def mean_pool(hidden, attention_mask):
    gone = (attention_mask == 0).unsqueeze(-1)
    means = hidden.masked_fill(gone, float("nan")).nanmean(dim=1)
    return means.masked_fill((attention_mask == 0).all(dim=1, keepdim=True), 0.0)
