# exercise: Checkpoint
# expect: right
# meant: a list through BytesIO, the generator's state from torch.default_generator
import io


class Checkpoint:
    def __init__(
        self, model: nn.Module, optimizer: torch.optim.Optimizer, scheduler: torch.optim.lr_scheduler.LRScheduler
    ) -> None:
        self.parts = (model, optimizer, scheduler)

    def save(self, path: Path, step: int) -> None:
        buffer = io.BytesIO()
        torch.save([step, torch.default_generator.get_state(), *(part.state_dict() for part in self.parts)], buffer)
        Path(path).write_bytes(buffer.getvalue())

    def restore(self, path: Path) -> int:
        step, chance, *states = torch.load(io.BytesIO(Path(path).read_bytes()), weights_only=True)
        for part, state in zip(self.parts, states, strict=True):
            part.load_state_dict(state)
        torch.default_generator.set_state(chance)
        return step
