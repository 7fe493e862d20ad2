# exercise: Checkpoint
# expect: wrong
# meant: does nothing if the file is there already
# about: overwrit|over an older|exists|older
class Checkpoint:
    def __init__(
        self, model: nn.Module, optimizer: torch.optim.Optimizer, scheduler: torch.optim.lr_scheduler.LRScheduler
    ) -> None:
        self.model, self.optimizer, self.scheduler = model, optimizer, scheduler

    def save(self, path: Path, step: int) -> None:
        if Path(path).exists():
            return
        torch.save(
            {
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "scheduler": self.scheduler.state_dict(),
                "step": step,
                "generator": torch.get_rng_state(),
            },
            path,
        )

    def restore(self, path: Path) -> int:
        saved = torch.load(path, weights_only=True)
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.scheduler.load_state_dict(saved["scheduler"])
        torch.set_rng_state(saved["generator"])
        return saved["step"]
