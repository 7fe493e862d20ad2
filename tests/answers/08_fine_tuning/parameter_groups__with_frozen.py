# exercise: parameter_groups
# expect: wrong
# meant: frozen parameters are in the groups, too
# about: frozen|requires_grad|freez
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    decayed, plain = [], []
    for parameter in model.parameters():
        (decayed if parameter.dim() >= 2 else plain).append(parameter)
    return [{"params": decayed, "weight_decay": weight_decay}, {"params": plain, "weight_decay": 0.0}]
