# exercise: parameter_groups
# expect: right
# meant: a dict from 'is a matrix' to the list, filled in a loop
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    groups: dict[bool, list[nn.Parameter]] = {True: [], False: []}
    for _, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups[parameter.ndim > 1].append(parameter)
    return [{"params": params, "weight_decay": weight_decay if matrix else 0.0} for matrix, params in groups.items()]
