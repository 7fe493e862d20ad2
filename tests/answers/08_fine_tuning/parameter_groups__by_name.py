# exercise: parameter_groups
# expect: wrong
# meant: no decay for names with bias or LayerNorm, as in older code
# about: name|LayerNorm|dimension|ndim
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    no_decay = ["bias", "LayerNorm.weight"]
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    return [
        {"params": [p for n, p in named if not any(part in n for part in no_decay)], "weight_decay": weight_decay},
        {"params": [p for n, p in named if any(part in n for part in no_decay)], "weight_decay": 0.0},
    ]
