# exercise: parameter_groups
# expect: right
# meant: list(filter(…)) over a list of what learns
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    learning = list(filter(lambda p: p.requires_grad, model.parameters()))
    def group(test, decay):
        return {"params": list(filter(test, learning)), "weight_decay": decay}

    return [group(lambda p: p.dim() not in (0, 1), weight_decay), group(lambda p: p.dim() in (0, 1), 0.0)]
