# exercise: Checkpoint
# expect: wrong
# meant: restores from what the object kept in memory, so another Checkpoint cannot
# about: memory|another (process|Checkpoint|object)|other (process|Checkpoint|object)|from the file|never (reads|loads)|not (read|load)
import copy


class Checkpoint:
    def __init__(
        self, model: nn.Module, optimizer: torch.optim.Optimizer, scheduler: torch.optim.lr_scheduler.LRScheduler
    ) -> None:
        self.model, self.optimizer, self.scheduler = model, optimizer, scheduler
        self.kept = None

    def save(self, path: Path, step: int) -> None:
        self.kept = copy.deepcopy(
            {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "scheduler": self.scheduler.state_dict()}
        )
        self.kept["step"] = step
        self.kept["generator"] = torch.get_rng_state()
        torch.save(self.kept, path)

    def restore(self, path: Path) -> int:
        saved = self.kept
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.scheduler.load_state_dict(saved["scheduler"])
        torch.set_rng_state(saved["generator"])
        return saved["step"]
