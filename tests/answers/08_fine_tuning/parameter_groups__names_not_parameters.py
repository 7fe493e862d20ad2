# exercise: parameter_groups
# expect: wrong
# meant: the lists hold names of parameters instead of parameters
# about: \bnames?\b|strings?
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    decay = [name for name, p in model.named_parameters() if p.requires_grad and p.dim() > 1]
    rest = [name for name, p in model.named_parameters() if p.requires_grad and name not in decay]
    return [{"params": decay, "weight_decay": weight_decay}, {"params": rest, "weight_decay": 0.0}]
