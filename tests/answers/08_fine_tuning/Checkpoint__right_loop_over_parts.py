# exercise: Checkpoint
# expect: right
# meant: a dict of the three parts, gone through in a loop; a file beside it, then renamed
import os


class Checkpoint:
    def __init__(
        self, model: nn.Module, optimizer: torch.optim.Optimizer, scheduler: torch.optim.lr_scheduler.LRScheduler
    ) -> None:
        self.parts = {"model": model, "optimizer": optimizer, "scheduler": scheduler}

    def save(self, path: Path, step: int) -> None:
        everything = {name: part.state_dict() for name, part in self.parts.items()}
        everything |= {"step": step, "chance": torch.random.get_rng_state()}
        path = Path(path)
        beside = path.with_name(path.name + ".part")
        torch.save(everything, beside)
        os.replace(beside, path)

    def restore(self, path: Path) -> int:
        everything = torch.load(path, weights_only=True)
        for name, part in self.parts.items():
            part.load_state_dict(everything[name])
        torch.random.set_rng_state(everything["chance"])
        return everything["step"]
