# exercise: parameter_groups
# expect: wrong
# meant: takes parameters that have a gradient already, so none before the first backward
# about: \.grad\b|grad is|gradient|requires_grad|backward
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    active = [p for p in model.parameters() if p.grad is not None]
    return [
        {"params": [p for p in active if p.ndim >= 2], "weight_decay": weight_decay},
        {"params": [p for p in active if p.ndim < 2], "weight_decay": 0.0},
    ]
