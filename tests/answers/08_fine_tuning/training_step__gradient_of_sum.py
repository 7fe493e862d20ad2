# exercise: training_step
# expect: wrong
# meant: calls backward on the summed loss without dividing by N; only the number that is returned is a mean
# about: \bsum|divid|number of texts|N times|too (large|long)
def training_step(
    model: nn.Module, micro_batches: list[dict[str, Tensor]], optimizer: torch.optim.Optimizer, max_norm: float = 1.0
) -> tuple[float, float]:
    optimizer.zero_grad()
    total, loss = 0, 0.0
    for batch in micro_batches:
        part = F.cross_entropy(model(batch["input_ids"], batch["attention_mask"]), batch["labels"], reduction="sum")
        part.backward()
        loss += part.item()
        total += len(batch["labels"])
    norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm).item()
    optimizer.step()
    return loss / total, norm
