# exercise: Checkpoint
# expect: wrong
# meant: takes the state dicts in the constructor, so the optimizer's averages and the schedule are those of the start
# about: constructor|__init__|built|too early|when save is called|at the time of saving|stale|from the start|beginning
class Checkpoint:
    def __init__(
        self, model: nn.Module, optimizer: torch.optim.Optimizer, scheduler: torch.optim.lr_scheduler.LRScheduler
    ) -> None:
        self.model, self.optimizer, self.scheduler = model, optimizer, scheduler
        self.state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()}

    def save(self, path: Path, step: int) -> None:
        torch.save({**self.state, "step": step, "generator": torch.get_rng_state()}, path)

    def restore(self, path: Path) -> int:
        saved = torch.load(path, weights_only=True)
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.scheduler.load_state_dict(saved["scheduler"])
        torch.set_rng_state(saved["generator"])
        return saved["step"]
