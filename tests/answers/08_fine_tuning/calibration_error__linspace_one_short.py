# exercise: calibration_error
# expect: wrong
# meant: linspace with bins edges instead of bins + 1: one bin too few
# about: linspace|bins \+ 1|one (bin )?(too few|less|fewer|short)|edges|number of bins|bins - 1|off[- ]by[- ]one
def calibration_error(confidence: Tensor, correct: Tensor, bins: int = 10) -> float:

    edges = torch.linspace(0, 1, bins)
    total = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if low == 0:
            inside |= confidence == 0
        if inside.any():
            gap = correct[inside].float().mean() - confidence[inside].mean()
            total += inside.float().mean().item() * gap.abs().item()
    return total
