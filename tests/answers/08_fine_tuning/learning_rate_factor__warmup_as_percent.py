# exercise: learning_rate_factor
# expect: wrong
# meant: takes warmup_steps for per cent of all steps
# about: per ?cent|share|ratio|fraction|number of steps|%
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    warm = total_steps * warmup_steps / 100
    if step < warm:
        return step / warm
    if step >= total_steps:
        return 0.0
    return (total_steps - step) / (total_steps - warm)
