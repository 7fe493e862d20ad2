# exercise: parameter_groups
# expect: wrong
# meant: decays only parameters of more than two dimensions, so no matrix
# about: > ?2|more than two|>= ?2|two dimensions|matri|off by one
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    learning = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in learning if len(p.shape) > 2], "weight_decay": weight_decay},
        {"params": [p for p in learning if len(p.shape) <= 2], "weight_decay": 0.0},
    ]
