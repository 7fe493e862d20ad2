# exercise: parameter_groups
# expect: wrong
# meant: the decay is at the vectors, matrices get 0.0
# about: swap|revers|wrong way|vectors?|bias(es)? (are|get)|exchanged|other way
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    learning = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in learning if p.ndim < 2], "weight_decay": weight_decay},
        {"params": [p for p in learning if p.ndim >= 2], "weight_decay": 0.0},
    ]
