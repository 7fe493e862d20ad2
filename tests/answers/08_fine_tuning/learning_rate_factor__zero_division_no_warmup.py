# exercise: learning_rate_factor
# expect: wrong
# meant: step <= warmup_steps divides zero by zero at step 0 without warm-up
# about: warmup_steps ?(==|=|of|is|equals?) ?(0|zero)|divi\w+ by (zero|0)|ZeroDivision|no warm-?up|without warm-?up|<=
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    if step >= total_steps:
        return 0.0
    if step <= warmup_steps:
        return step / warmup_steps
    return (total_steps - step) / (total_steps - warmup_steps)
