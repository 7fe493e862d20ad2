# exercise: train_epoch
# expect: right
# meant: everything into a list, then slices; rate from get_last_lr before the step
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
    todo = list(batches)
    model.train(True)
    losses = []
    for start in range(0, len(todo), accumulate):
        rate = float(optimizer.param_groups[0]["lr"])
        loss = training_step(model, todo[start : start + accumulate], optimizer, max_norm=max_norm)[0]
        scheduler.step()
        if report is not None:
            report(loss, rate)
        losses += [loss]
    model.train(False)
    return losses
