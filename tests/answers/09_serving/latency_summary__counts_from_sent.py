# exercise: latency_summary
# expect: wrong
# meant: latency counts from when the request was sent and not from when it was due (coordinated omission)
# about: \bsent\b|coordinated|sending
def latency_summary(due: list[float], sent: list[float], finished: list[float | None]) -> dict[str, float]:
    latencies = sorted((end - begin) * 1000 for begin, end in zip(sent, finished) if end is not None)
    n = len(latencies)
    result = {f"p{p}": latencies[math.ceil(p * n / 100) - 1] for p in (50, 95, 99)}
    last = max(end for end in finished if end is not None)
    result["max"] = latencies[-1]
    result["failed"] = len(finished) - n
    result["throughput"] = n / (last - min(due))
    return result
