# exercise: parameter_groups
# expect: wrong
# meant: always 0.01, the argument is not used
# about: 0\.01|hard-?coded|ignor|fixed|constant|argument
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    learning = list(filter(lambda p: p.requires_grad, model.parameters()))
    return [
        {"params": [p for p in learning if p.ndim > 1], "weight_decay": 0.01},
        {"params": [p for p in learning if p.ndim <= 1], "weight_decay": 0.0},
    ]
