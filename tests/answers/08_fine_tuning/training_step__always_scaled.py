# exercise: training_step
# expect: wrong
# meant: scales the gradient to max_norm always, so short gradients are lengthened
# about: if it is longer|short(er)?|lengthen|always|min\(|scal(es|ed|ing) up|normali[sz]
def training_step(
    model: nn.Module, micro_batches: list[dict[str, Tensor]], optimizer: torch.optim.Optimizer, max_norm: float = 1.0
) -> tuple[float, float]:
    optimizer.zero_grad()
    total = sum(len(batch["labels"]) for batch in micro_batches)
    loss = 0.0
    for batch in micro_batches:
        part = F.cross_entropy(model(batch["input_ids"], batch["attention_mask"]), batch["labels"], reduction="sum") / total
        part.backward()
        loss += part.item()
    grads = [p.grad for p in model.parameters() if p.grad is not None]
    norm = torch.sqrt(sum((g * g).sum() for g in grads)).item()
    for g in grads:
        g.mul_(max_norm / (norm + 1e-6))
    optimizer.step()
    return loss, norm
