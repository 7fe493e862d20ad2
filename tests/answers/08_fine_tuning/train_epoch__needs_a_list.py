# exercise: train_epoch
# expect: wrong
# meant: uses len and slices of batches, which a generator has not
# about: len\(|generator|iterator|slic|iterable|gone through once
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
    losses = []
    for start in range(0, len(batches), accumulate):
        rate = optimizer.param_groups[0]["lr"]
        loss, _ = training_step(model, batches[start : start + accumulate], optimizer, max_norm)
        scheduler.step()
        losses.append(loss)
        if report is not None:
            report(loss, rate)
    model.eval()
    return losses
