# exercise: training_step
# expect: wrong
# meant: clips every parameter's gradient by itself
# about: each parameter|every parameter|per parameter|together|separate|by itself|one long vector
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
    squares = 0.0
    for parameter in model.parameters():
        if parameter.grad is not None:
            squares += nn.utils.clip_grad_norm_([parameter], max_norm).item() ** 2
    optimizer.step()
    return loss, math.sqrt(squares)
