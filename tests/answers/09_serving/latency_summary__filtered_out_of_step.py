# exercise: latency_summary
# expect: wrong
# meant: drops the None from finished alone, and then pairs it with due, so that entries after a failure are shifted
# about: pair|shift|align|out of step|zip|belong|None
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    done = [f for f in finished if f is not None]
    latencies = sorted((f - d) * 1000 for d, f in zip(due, done))
    n = len(latencies)
    out = {"p" + str(p): latencies[math.ceil(p * n / 100) - 1] for p in (50, 95, 99)}
    out["max"] = latencies[-1]
    out["failed"] = len(finished) - len(done)
    out["throughput"] = n / (max(done) - min(due))
    return out
