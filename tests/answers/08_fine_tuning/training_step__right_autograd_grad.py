# exercise: training_step
# expect: right
# meant: torch.autograd.grad of each micro-batch, added up in a list and put into .grad
def training_step(
    model: nn.Module, micro_batches: list[dict[str, Tensor]], optimizer: torch.optim.Optimizer, max_norm: float = 1.0
) -> tuple[float, float]:
    learning = [p for p in model.parameters() if p.requires_grad]
    gathered = [None] * len(learning)
    count = sum(len(batch["labels"]) for batch in micro_batches)
    loss = 0.0
    for batch in micro_batches:
        part = F.nll_loss(F.log_softmax(model(batch["input_ids"], batch["attention_mask"]), 1), batch["labels"], reduction="sum") / count
        for place, grad in enumerate(torch.autograd.grad(part, learning, allow_unused=True)):
            if grad is not None:
                gathered[place] = grad if gathered[place] is None else gathered[place] + grad
        loss += part.item()
    norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in gathered if g is not None])).item()
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    for p in model.parameters():
        p.grad = None
    for p, g in zip(learning, gathered, strict=True):
        p.grad = None if g is None else g * factor
    optimizer.step()
    return loss, norm
