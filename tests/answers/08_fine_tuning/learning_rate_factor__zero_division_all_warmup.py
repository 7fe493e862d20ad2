# exercise: learning_rate_factor
# expect: wrong
# meant: the formula as it stands; divides by zero from total_steps on if warmup_steps equals total_steps
# about: warmup_steps ?(==|equals?|=)|divi\w+ by (zero|0)|ZeroDivision|only the warm-up
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    if step < warmup_steps:
        return step / warmup_steps
    return max(0.0, (total_steps - step) / (total_steps - warmup_steps))
