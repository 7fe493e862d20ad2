# exercise: training_step
# expect: wrong
# meant: cuts each entry with clip_grad_value_ instead of shortening the whole vector
# about: clip_grad_value|value|entry|entries|element|direction|each number
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
    norm = math.sqrt(sum(p.grad.pow(2).sum().item() for p in model.parameters() if p.grad is not None))
    nn.utils.clip_grad_value_(model.parameters(), max_norm)
    optimizer.step()
    return loss, norm
