# exercise: jaccard
# expect: right
# meant: a small class with an operator, and a while loop
class Shingles:
    def __init__(self, text, size):
        self.kept = {}
        rest = text.casefold()
        self.kept[rest[:size]] = True
        while len(rest) > size:
            rest = rest[1:]
            self.kept[rest[:size]] = True

    def __truediv__(self, other):
        both = [key for key in self.kept if key in other.kept]
        either = {**self.kept, **other.kept}
        return float(len(both)) / float(len(either))


def jaccard(first: str, second: str, size: int = 5) -> float:
    return Shingles(first, size) / Shingles(second, size)
