# exercise: drift_score
# expect: wrong
# meant: sorts both samples of the caller in place
# about: in.?place|unchanged|mutat|argument|modif|caller|\.sort
import bisect


def drift_score(reference: list[float], current: list[float], bounds: list[float]) -> float:
    reference.sort()
    current.sort()
    B = len(bounds) + 1

    def shares(ordered):
        places = [0] + [bisect.bisect_right(ordered, bound) for bound in bounds] + [len(ordered)]
        return [(high - low + 0.5) / (len(ordered) + 0.5 * B) for low, high in zip(places, places[1:])]

    return sum((q - p) * math.log(q / p) for p, q in zip(shares(reference), shares(current)))
