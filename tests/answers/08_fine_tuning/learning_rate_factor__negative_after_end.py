# exercise: learning_rate_factor
# expect: wrong
# meant: no maximum with 0, negative after total_steps
# about: negative|max\(|below (0|zero)|after (the )?(end|total)|beyond
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    if step < warmup_steps:
        return step / warmup_steps
    if warmup_steps == total_steps:
        return 0.0
    return (total_steps - step) / (total_steps - warmup_steps)
