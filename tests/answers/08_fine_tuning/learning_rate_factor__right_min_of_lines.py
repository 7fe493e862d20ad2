# exercise: learning_rate_factor
# expect: right
# meant: the smaller of two lines, cut at 0 and 1
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    if step >= total_steps:
        return 0.0
    up = step / warmup_steps if warmup_steps > 0 else math.inf
    down = (total_steps - step) / (total_steps - warmup_steps) if warmup_steps < total_steps else math.inf
    return min(1.0, up, down)
