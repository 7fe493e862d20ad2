# exercise: train_epoch
# expect: wrong
# meant: the scheduler moves with every micro-batch instead of every step
# about: schedul.*(each|every|per) (micro-?)?batch|micro-?batch|once (a|per) step|too (often|far|fast)
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
    def step():
        rate = optimizer.param_groups[0]["lr"]
        loss, _ = training_step(model, waiting, optimizer, max_norm)
        losses.append(loss)
        if report:
            report(loss, rate)
        waiting.clear()

    for batch in batches:
        waiting.append(batch)
        if len(waiting) == accumulate:
            step()
        scheduler.step()
    if waiting:
        step()
    model.eval()
    return losses
