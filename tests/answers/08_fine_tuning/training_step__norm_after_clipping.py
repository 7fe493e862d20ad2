# exercise: training_step
# expect: wrong
# meant: returns the length after clipping
# about: after (it was |the )?clip|before (it was |the )?clip|clipped (length|norm)
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
    nn.utils.clip_grad_norm_(model.parameters(), max_norm)
    norm = torch.sqrt(sum((p.grad**2).sum() for p in model.parameters() if p.grad is not None))
    optimizer.step()
    return loss, norm.item()
