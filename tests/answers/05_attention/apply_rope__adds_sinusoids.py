# exercise: apply_rope
# expect: wrong
# meant: adds the position vectors in place of rotating
# about: \badd(ed|ing|s)?\b|rotat|length|\bnorm|\bturn|multipl
def apply_rope(x: Tensor, positions: Tensor) -> Tensor:
    longest = int(positions.max()) + 1 if len(positions) else 0
    return x + sinusoidal_positions(longest, x.shape[-1])[positions].to(x.dtype)
