# exercise: train_epoch
# expect: right
# meant: a buffer and an inner generator of chunks
def train_epoch(
    model: nn.Module,
    batches: Iterable[dict[str, Tensor]],
    optimizer: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    *,
    accumulate: int = 1,
    max_norm: float = 1.0,
    report: Callable[[float, float], None] | None = None,
) -> list[float]:
    def chunks():
        buffer = []
        for batch in batches:
            buffer.append(batch)
            if len(buffer) >= accumulate:
                yield buffer
                buffer = []
        if buffer:
            yield buffer

    def one(chunk):
        rate = optimizer.param_groups[0]["lr"]
        loss, _norm = training_step(model, chunk, optimizer, max_norm)
        scheduler.step()
        if report is not None:
            report(loss, rate)
        return loss

    try:
        model.train()
        return [one(chunk) for chunk in chunks()]
    finally:
        model.eval()
