# exercise: training_step
# expect: wrong
# meant: never clears gradients
# about: zero_grad|old gradient|clear|from before|forget
def training_step(
    model: nn.Module, micro_batches: list[dict[str, Tensor]], optimizer: torch.optim.Optimizer, max_norm: float = 1.0
) -> tuple[float, float]:
    total = sum(len(batch["labels"]) for batch in micro_batches)
    loss = 0.0
    for batch in micro_batches:
        logits = model(batch["input_ids"], batch["attention_mask"])
        part = F.cross_entropy(logits, batch["labels"], reduction="sum") / total
        part.backward()
        loss += part.item()
    norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm).item()
    optimizer.step()
    return loss, norm
