# exercise: learning_rate_factor
# expect: wrong
# meant: warm-up counts from 1, (step + 1) / warmup_steps, so the first factor is not 0
# about: step ?\+ ?1|first (factor|step)|off by one|one step (early|ahead)|starts? (at|from)
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    if step < warmup_steps:
        return (step + 1) / warmup_steps
    if step >= total_steps:
        return 0.0
    return (total_steps - step) / (total_steps - warmup_steps)
