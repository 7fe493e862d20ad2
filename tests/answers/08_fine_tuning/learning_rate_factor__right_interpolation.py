# exercise: learning_rate_factor
# expect: right
# meant: a table of three points and np.interp
import numpy as np


def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    match step:
        case s if s >= total_steps:
            return 0.0
        case s if s < warmup_steps:
            return float(np.interp(s, [0, warmup_steps], [0.0, 1.0]))
        case s:
            return float(np.interp(s, [warmup_steps, total_steps], [1.0, 0.0]))
