# exercise: learning_rate_factor
# expect: wrong
# meant: reaches 0 at total_steps - 1, counting steps from 0 to S - 1
# about: total_steps ?- ?1|one step (early|too)|off by one|S ?- ?1|last step
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    last = total_steps - 1
    if step < warmup_steps:
        return step / warmup_steps
    if step >= last:
        return 0.0
    return (last - step) / (last - warmup_steps)
