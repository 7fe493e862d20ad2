# exercise: Checkpoint
# expect: wrong
# meant: does not save the schedule but makes step steps of it on restoring, on top of those already made
# about: fast-?forward|scheduler\.step|schedul|on top|replay
class Checkpoint:
    def __init__(
        self, model: nn.Module, optimizer: torch.optim.Optimizer, scheduler: torch.optim.lr_scheduler.LRScheduler
    ) -> None:
        self.model, self.optimizer, self.scheduler = model, optimizer, scheduler

    def save(self, path: Path, step: int) -> None:
        torch.save(
            {
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "step": step,
                "generator": torch.get_rng_state(),
            },
            path,
        )

    def restore(self, path: Path) -> int:
        saved = torch.load(path, weights_only=True)
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        for _ in range(saved["step"]):
            self.scheduler.step()
        torch.set_rng_state(saved["generator"])
        return saved["step"]
