# exercise: training_step
# expect: right
# meant: sums first, then divides the gradients by N and clips by hand with a flat norm; log_softmax and gather
def training_step(
    model: nn.Module, micro_batches: list[dict[str, Tensor]], optimizer: torch.optim.Optimizer, max_norm: float = 1.0
) -> tuple[float, float]:
    for p in model.parameters():
        p.grad = None
    total, count = 0.0, 0
    for batch in micro_batches:
        logs = torch.log_softmax(model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]), dim=-1)
        part = -logs.gather(1, batch["labels"].unsqueeze(1)).sum()
        part.backward()
        total += float(part)
        count += logs.shape[0]
    with torch.no_grad():
        grads = [p.grad.div_(count) for p in model.parameters() if p.grad is not None]
        norm = torch.cat([grad.flatten() for grad in grads]).norm().item()
        if norm > max_norm:
            for grad in grads:
                grad.mul_(max_norm / norm)
    optimizer.step()
    return total / count, norm
