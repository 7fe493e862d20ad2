# exercise: drift_score
# expect: wrong
# meant: uses only the number of bounds: as many bins of equal width between smallest and largest number
# about: width|equally|histc|ignor|(given|these|the) bounds|linspace
def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    B = len(bounds) + 1
    low = min(min(reference), min(current))
    high = max(max(reference), max(current))
    p = torch.histc(torch.tensor(reference, dtype=torch.float64), bins=B, min=low, max=high)
    q = torch.histc(torch.tensor(current, dtype=torch.float64), bins=B, min=low, max=high)
    p = (p + 0.5) / (len(reference) + 0.5 * B)
    q = (q + 0.5) / (len(current) + 0.5 * B)
    return ((q - p) * (q / p).log()).sum().item()
