# exercise: parameter_groups
# expect: wrong
# meant: decays only weights of nn.Linear; embeddings and others of two dimensions are not decayed
# about: Linear|embedding|convolution|(kind|type) of module|isinstance
def parameter_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    matrices = {id(m.weight) for m in model.modules() if isinstance(m, nn.Linear)}
    learning = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in learning if id(p) in matrices], "weight_decay": weight_decay},
        {"params": [p for p in learning if id(p) not in matrices], "weight_decay": 0.0},
    ]
