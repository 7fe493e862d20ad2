# exercise: parameter_groups
# expect: wrong
# meant: takes the tensors of state_dict, which are detached and include buffers
# about: state_dict|detach|buffer|not the parameters
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    tensors = list(model.state_dict().values())
    return [
        {"params": [t for t in tensors if t.dim() >= 2], "weight_decay": weight_decay},
        {"params": [t for t in tensors if t.dim() < 2], "weight_decay": 0.0},
    ]
