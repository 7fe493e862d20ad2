# exercise: training_memory
# expect: right
# meant: an over-engineered dataclass
from dataclasses import asdict, dataclass


@dataclass
class _Memory:
    weights: int
    gradients: int
    optimizer: int
    activations: int

    @property
    def total(self) -> int:
        return self.weights + self.gradients + self.optimizer + self.activations


def training_memory(num_parameters: int, bytes_per_weight: int = 4, activations: int = 0) -> dict[str, int]:
    averages = [4 * num_parameters, 4 * num_parameters]
    copies = [4 * num_parameters] if bytes_per_weight < 4 else []
    m = _Memory(bytes_per_weight * num_parameters, bytes_per_weight * num_parameters, sum(averages + copies), activations)
    return asdict(m) | {"total": m.total}
