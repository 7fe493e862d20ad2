# exercise: training_step
# expect: right
# meant: summed loss over N, clip_grad_norm_
def training_step(
    model: nn.Module, micro_batches: list[dict[str, Tensor]], optimizer: torch.optim.Optimizer, max_norm: float = 1.0
) -> tuple[float, float]:
    optimizer.zero_grad(set_to_none=True)
    count = sum(batch["labels"].shape[0] for batch in micro_batches)
    parts = []
    for batch in micro_batches:
        logits = model(batch["input_ids"], batch["attention_mask"])
        share = batch["labels"].shape[0] / count
        part = share * nn.CrossEntropyLoss()(logits, batch["labels"])
        part.backward()
        parts.append(part.detach())
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm, norm_type=2)
    optimizer.step()
    return torch.stack(parts).sum().item(), norm.item()
