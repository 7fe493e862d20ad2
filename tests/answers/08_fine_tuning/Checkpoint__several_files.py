# exercise: Checkpoint
# expect: wrong
# meant: writes the optimizer and the scheduler to files beside path
# about: one file|single file|several files|more than one file|beside|(second|other|extra|three) files?
class Checkpoint:
    def __init__(
        self, model: nn.Module, optimizer: torch.optim.Optimizer, scheduler: torch.optim.lr_scheduler.LRScheduler
    ) -> None:
        self.model, self.optimizer, self.scheduler = model, optimizer, scheduler

    def save(self, path: Path, step: int) -> None:
        torch.save({"model": self.model.state_dict(), "step": step, "generator": torch.get_rng_state()}, path)
        torch.save(self.optimizer.state_dict(), str(path) + ".optimizer")
        torch.save(self.scheduler.state_dict(), str(path) + ".scheduler")

    def restore(self, path: Path) -> int:
        saved = torch.load(path, weights_only=True)
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(torch.load(str(path) + ".optimizer", weights_only=True))
        self.scheduler.load_state_dict(torch.load(str(path) + ".scheduler", weights_only=True))
        torch.set_rng_state(saved["generator"])
        return saved["step"]
