# exercise: training_step
# expect: wrong
# meant: one step of the optimizer for each micro-batch, no accumulation
# about: (each|every|per) micro-?batch|accumul|(only )?one step|several steps|in(side)? the loop
def training_step(
    model: nn.Module, micro_batches: list[dict[str, Tensor]], optimizer: torch.optim.Optimizer, max_norm: float = 1.0
) -> tuple[float, float]:
    total, loss, norm = 0, 0.0, 0.0
    for batch in micro_batches:
        optimizer.zero_grad()
        part = F.cross_entropy(model(batch["input_ids"], batch["attention_mask"]), batch["labels"])
        part.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm).item()
        optimizer.step()
        n = len(batch["labels"])
        loss += part.item() * n
        total += n
    return loss / total, norm
