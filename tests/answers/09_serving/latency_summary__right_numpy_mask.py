# exercise: latency_summary
# expect: right
# meant: numpy: arrays with nan for failures, np.sort and an array of ranks
import numpy as np


def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    start = np.asarray(due, dtype=float)
    end = np.array([np.nan if f is None else f for f in finished], dtype=float)
    good = np.flatnonzero(~np.isnan(end))
    latencies = np.sort(end[good] - start[good]) * 1000.0
    ranks = (np.array([50, 95, 99, 100]) * good.size + 99) // 100
    p50, p95, p99, longest = latencies[ranks - 1].tolist()
    return {
        "p50": p50,
        "p95": p95,
        "p99": p99,
        "max": longest,
        "failed": int(np.isnan(end).sum()),
        "throughput": float(good.size / (np.nanmax(end) - start.min())),
    }
