# exercise: learning_rate_factor
# expect: wrong
# meant: multiplies the rise with a fall over all steps, so the peak is below 1
# about: product|multipl|peak|never reach|below 1|both
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    rise = min(1.0, step / max(1, warmup_steps)) if warmup_steps else 1.0
    fall = max(0.0, 1 - step / total_steps)
    return rise * fall
