# exercise: learning_rate_factor
# expect: wrong
# meant: stays at 1 after the warm-up, no decay
# about: constant|no decay|decay|stays? (at )?1|never (falls|goes)
def learning_rate_factor(step: int, warmup_steps: int, total_steps: int) -> float:
    if warmup_steps == 0 or step >= warmup_steps:
        return 1.0 if step < total_steps else 0.0
    return step / warmup_steps
