# exercise: parameter_groups
# expect: wrong
# meant: removes duplicates by comparing values, so different parameters with equal numbers (two zero biases) count once
# about: equal (value|number)|same (value|number)|torch\.equal|by value|identity|\bid\(
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    decay, no_decay = [], []
    for p in model.parameters():
        group = decay if p.dim() >= 2 else no_decay
        if p.requires_grad and not any(torch.equal(p, q) for q in group):
            group.append(p)
    return [{"params": decay, "weight_decay": weight_decay}, {"params": no_decay, "weight_decay": 0.0}]
