# exercise: learning_rate_factor
# expect: wrong
# meant: cosine decay after the warm-up instead of a straight line
# about: cosin|cos\b|linear|straight
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    if step < warmup_steps:
        return step / warmup_steps
    if step >= total_steps:
        return 0.0
    progress = (step - warmup_steps) / (total_steps - warmup_steps)
    return 0.5 * (1 + math.cos(math.pi * progress))
