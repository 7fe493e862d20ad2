# exercise: learning_rate_factor
# expect: wrong
# meant: whole-number division, the factor is 0 or 1 only
# about: //|whole-?number|integer division|floor
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    if step < warmup_steps:
        return float(step // warmup_steps)
    return float(max(0, (total_steps - step) // max(1, total_steps - warmup_steps)))
