# exercise: train_epoch
# expect: wrong
# meant: does not hand max_norm on, so clipping is always at 1.0
# about: max_norm|clip
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
        loss, _ = training_step(model, chunk, optimizer)
        scheduler.step()
        losses.append(loss)
        if report is not None:
            report(loss, rate)
    model.eval()
    return losses
