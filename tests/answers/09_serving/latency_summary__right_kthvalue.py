# exercise: latency_summary
# expect: right
# meant: torch in float64: nan for failures, a mask, kthvalue with whole-number ceiling division
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    begin = torch.tensor(due, dtype=torch.float64)
    end = torch.tensor([math.nan if f is None else f for f in finished], dtype=torch.float64)
    ok = ~end.isnan()
    latencies = (end - begin)[ok] * 1000
    n = len(latencies)
    result = {f"p{p}": latencies.kthvalue(-(-p * n // 100)).values.item() for p in (50, 95, 99)}
    result["max"] = latencies.max().item()
    result["failed"] = int((~ok).sum())
    result["throughput"] = n / (end[ok].max() - begin.min()).item()
    return result
