# exercise: train_epoch
# expect: wrong
# meant: leaves the model in training mode
# about: eval|left in|evaluation mode
from itertools import islice


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
    iterator = iter(batches)
    while chunk := list(islice(iterator, accumulate)):
        rate = optimizer.param_groups[0]["lr"]
        loss, _ = training_step(model, chunk, optimizer, max_norm)
        scheduler.step()
        losses.append(loss)
        if report is not None:
            report(loss, rate)
    return losses
