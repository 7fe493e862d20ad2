# exercise: train_epoch
# expect: wrong
# meant: tests number % accumulate == 0 with numbers from 0, so the first step has one batch only
# about: off by one|enumerate|from (0|1)|first step|% ?accumulate|modul|number ?\+ ?1
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
    def step_now():
        rate = optimizer.param_groups[0]["lr"]
        loss, _ = training_step(model, list(waiting), optimizer, max_norm)
        scheduler.step()
        losses.append(loss)
        if report is not None:
            report(loss, rate)
        waiting.clear()

    for number, batch in enumerate(batches):
        waiting.append(batch)
        if number % accumulate == 0:
            step_now()
    if waiting:
        step_now()
    model.eval()
    return losses
