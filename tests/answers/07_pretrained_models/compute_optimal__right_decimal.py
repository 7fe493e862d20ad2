# exercise: compute_optimal
# expect: right
# meant: fifty decimal digits
from decimal import Decimal, localcontext


def compute_optimal(flops: float, tokens_per_parameter: float = 20.0) -> tuple[float, float]:
    with localcontext() as ctx:
        ctx.prec = 50
        r = Decimal(tokens_per_parameter)
        n = (Decimal(flops) / (6 * r)).sqrt()
        return float(n), float(r * n)
