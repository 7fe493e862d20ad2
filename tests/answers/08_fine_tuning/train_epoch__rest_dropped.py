# exercise: train_epoch
# expect: wrong
# meant: the batches left over at the end make no step
# about: left ?over|rest|remain|last (step|group|batches)|fewer|incomplete|dropped
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
    model.train()
    losses, waiting = [], []
    for batch in batches:
        waiting.append(batch)
        if len(waiting) == accumulate:
            loss, _ = training_step(model, waiting, optimizer, max_norm)
            rate = optimizer.param_groups[0]["lr"]
            scheduler.step()
            losses.append(loss)
            if report is not None:
                report(loss, rate)
            waiting = []
    model.eval()
    return losses
