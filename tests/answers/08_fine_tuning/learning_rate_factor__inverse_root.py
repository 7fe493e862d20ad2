# exercise: learning_rate_factor
# expect: wrong
# meant: the schedule of the Transformer paper, inverse square root after the warm-up
# about: square root|sqrt|inverse|linear|straight
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    if step >= total_steps:
        return 0.0
    if step < warmup_steps:
        return step / warmup_steps
    return math.sqrt(max(1, warmup_steps) / max(1, step))
