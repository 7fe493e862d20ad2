# exercise: latency_summary
# expect: wrong
# meant: percentiles by numpy's default, which interpolates between two latencies
# about: interpolat|nearest.rank|numpy|np\.percentile|between
import numpy as np


def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    good = [(d, f) for d, f in zip(due, finished) if f is not None]
    latencies = np.array([(f - d) * 1000 for d, f in good])
    p50, p95, p99 = np.percentile(latencies, [50, 95, 99])
    return {
        "p50": float(p50),
        "p95": float(p95),
        "p99": float(p99),
        "max": float(latencies.max()),
        "failed": len(finished) - len(good),
        "throughput": len(good) / (max(f for _, f in good) - min(due)),
    }
