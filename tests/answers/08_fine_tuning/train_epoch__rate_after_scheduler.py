# exercise: train_epoch
# expect: wrong
# meant: reports the rate after the scheduler has moved, that of the next step
# about: rate.*(after|next)|next step|after the scheduler|before (the )?scheduler|one step (late|ahead)|already moved
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
        loss, _ = training_step(model, chunk, optimizer, max_norm)
        scheduler.step()
        losses.append(loss)
        if report is not None:
            report(loss, scheduler.get_last_lr()[0])
    model.eval()
    return losses
