# exercise: parameter_groups
# expect: wrong
# meant: goes through the modules and lists a shared parameter twice
# about: twice|shared|duplicate|tied|once
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    decayed, plain = [], []
    for module in model.modules():
        for parameter in module.parameters(recurse=False):
            if parameter.requires_grad:
                if parameter.ndim >= 2:
                    decayed.append(parameter)
                else:
                    plain.append(parameter)
    return [{"params": decayed, "weight_decay": weight_decay}, {"params": plain, "weight_decay": 0.0}]
