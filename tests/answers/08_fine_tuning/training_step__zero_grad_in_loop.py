# exercise: training_step
# expect: wrong
# meant: clears the gradients before each micro-batch, so only the last one counts
# about: zero_grad|inside|in the loop|last micro|only the last|each micro-batch|accumul
def training_step(
    model: nn.Module, micro_batches: list[dict[str, Tensor]], optimizer: torch.optim.Optimizer, max_norm: float = 1.0
) -> tuple[float, float]:
    total = sum(batch["labels"].numel() for batch in micro_batches)
    losses = []
    for batch in micro_batches:
        optimizer.zero_grad()
        logits = model(batch["input_ids"], batch["attention_mask"])
        part = F.cross_entropy(logits, batch["labels"], reduction="sum") / total
        part.backward()
        losses.append(part.item())
    norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm)
    optimizer.step()
    return sum(losses), float(norm)
