# exercise: parameter_groups
# expect: wrong
# meant: the second group has no weight_decay, so AdamW's default of 0.01 acts
# about: default|0\.01|(no|without|missing|lacks).*weight_decay|weight_decay.*(missing|absent|lack)
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    learning = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in learning if p.ndim >= 2], "weight_decay": weight_decay},
        {"params": [p for p in learning if p.ndim < 2]},
    ]
