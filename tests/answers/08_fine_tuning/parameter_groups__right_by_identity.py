# exercise: parameter_groups
# expect: right
# meant: walks over modules and removes shared ones by id
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    found = {id(p): p for m in model.modules() for p in m._parameters.values() if p is not None and p.requires_grad}
    plain = [p for p in found.values() if len(p.size()) < 2]
    decayed = [p for p in found.values() if len(p.size()) >= 2]
    return [dict(params=plain, weight_decay=0.0), dict(params=decayed, weight_decay=float(weight_decay))]
