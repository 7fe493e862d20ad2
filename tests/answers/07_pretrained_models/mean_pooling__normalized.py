# exercise: mean_pooling
# expect: wrong
# meant: scales the mean to length 1, as sentence-transformers' examples do
# about: normali[sz]|length (1|one)|unit|scal
def mean_pooling(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    m = attention_mask.unsqueeze(-1).expand(hidden.size()).float()
    mean = torch.sum(hidden * m, 1) / torch.clamp(m.sum(1), min=1e-9)
    return F.normalize(mean, p=2, dim=1)
