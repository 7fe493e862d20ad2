# exercise: train_epoch
# expect: wrong
# meant: always makes a last step, even when nothing is left over
# about: empty|nothing (is )?left|without (any )?(micro-)?batch|divisible|always|no (micro-)?batch(es)?
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

    def make_step():
        rate = optimizer.param_groups[0]["lr"]
        loss, _ = training_step(model, list(waiting), optimizer, max_norm)
        scheduler.step()
        losses.append(loss)
        if report is not None:
            report(loss, rate)
        waiting.clear()

    for batch in batches:
        waiting.append(batch)
        if len(waiting) == accumulate:
            make_step()
    make_step()
    model.eval()
    return losses
