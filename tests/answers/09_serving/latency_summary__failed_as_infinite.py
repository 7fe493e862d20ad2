# exercise: latency_summary
# expect: wrong
# meant: failed requests stand among the latencies as infinity, and shift the percentiles
# about: fail|infinit|\binf\b|None
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    latencies = sorted(math.inf if f is None else 1000 * (f - d) for d, f in zip(due, finished))
    n = len(latencies)
    answered = [f for f in finished if f is not None]
    report = {}
    for p in (50, 95, 99):
        report[f"p{p}"] = latencies[math.ceil(p * n / 100) - 1]
    report["max"] = latencies[-1]
    report["failed"] = n - len(answered)
    report["throughput"] = len(answered) / (max(answered) - min(due))
    return report
