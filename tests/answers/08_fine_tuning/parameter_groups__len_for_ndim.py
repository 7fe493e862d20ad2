# exercise: parameter_groups
# expect: wrong
# meant: takes len(p), the size of the first dimension, for the number of dimensions
# about: len\(|first dimension|size|number of dimensions
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    decay, no_decay = [], []
    for p in model.parameters():
        if not p.requires_grad:
            continue
        if p.ndim and len(p) >= 2:
            decay.append(p)
        else:
            no_decay.append(p)
    return [{"params": decay, "weight_decay": weight_decay}, {"params": no_decay, "weight_decay": 0.0}]
