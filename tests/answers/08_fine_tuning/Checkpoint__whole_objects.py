# exercise: Checkpoint
# expect: wrong
# meant: saves model and optimizer as objects by pickle, which weights_only=True refuses
# about: weights_only|pickl|whole|objects?\b|state_dict
class Checkpoint:
    def __init__(
        self, model: nn.Module, optimizer: torch.optim.Optimizer, scheduler: torch.optim.lr_scheduler.LRScheduler
    ) -> None:
        self.model, self.optimizer, self.scheduler = model, optimizer, scheduler

    def save(self, path: Path, step: int) -> None:
        torch.save({"model": self.model, "optimizer": self.optimizer, "scheduler": self.scheduler.state_dict(), "step": step,
            "generator": torch.get_rng_state()}, path)

    def restore(self, path: Path) -> int:
        saved = torch.load(path, weights_only=False)
        self.model.load_state_dict(saved["model"].state_dict())
        self.optimizer.load_state_dict(saved["optimizer"].state_dict())
        self.scheduler.load_state_dict(saved["scheduler"])
        torch.set_rng_state(saved["generator"])
        return saved["step"]
