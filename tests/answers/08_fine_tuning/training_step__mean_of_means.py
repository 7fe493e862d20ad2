# exercise: training_step
# expect: wrong
# meant: divides each micro-batch's mean loss by their number, small ones count too much
# about: mean of (the )?means|size|number of texts|weight|texts
def training_step(
    model: nn.Module, micro_batches: list[dict[str, Tensor]], optimizer: torch.optim.Optimizer, max_norm: float = 1.0
) -> tuple[float, float]:
    optimizer.zero_grad()
    loss = 0.0
    for batch in micro_batches:
        logits = model(batch["input_ids"], batch["attention_mask"])
        part = F.cross_entropy(logits, batch["labels"]) / len(micro_batches)
        part.backward()
        loss += part.item()
    norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm)
    optimizer.step()
    return loss, norm.item()
