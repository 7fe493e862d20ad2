# exercise: latency_summary
# expect: right
# meant: the meaning of a percentile: the smallest latency that at least p per cent do not exceed, found with bisect
import bisect


def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    latencies: list[float] = []
    last = -math.inf
    for begin, end in zip(due, finished, strict=True):
        if end is None:
            continue
        bisect.insort(latencies, (end - begin) * 1e3)
        last = max(last, end)

    def percentile(p: int) -> float:
        for value in latencies:
            if 100 * bisect.bisect_right(latencies, value) >= p * len(latencies):
                return value
        return latencies[-1]

    return dict(
        p50=percentile(50),
        p95=percentile(95),
        p99=percentile(99),
        max=percentile(100),
        failed=len(due) - len(latencies),
        throughput=len(latencies) / (last - min(due)),
    )
