# exercise: learning_rate_factor
# expect: wrong
# meant: with warmup_steps equal to total_steps the factor stays at 1 after the end
# about: warmup_steps ?(==|equals?|=)|stays? (at )?1|from total_steps on|after (the )?(end|total)|all warm-?up
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    warm = 1.0 if warmup_steps == 0 else min(1.0, step / warmup_steps)
    if warmup_steps == total_steps:
        return warm
    return min(warm, max(0.0, (total_steps - step) / (total_steps - warmup_steps)))
