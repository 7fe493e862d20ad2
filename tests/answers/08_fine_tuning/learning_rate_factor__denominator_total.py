# exercise: learning_rate_factor
# expect: wrong
# meant: divides by total_steps after the warm-up, so the factor jumps down from 1
# about: total_steps ?- ?warmup_steps|jump|S ?- ?s_w|denominator|divid
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    if step < warmup_steps:
        return step / warmup_steps
    return max(0.0, (total_steps - step) / total_steps)
