# exercise: merge_pair
# expect: right
# meant: a little state machine as a class, returns a tuple
class _Merger:
    def __init__(self, pair, new_token):
        self.left, self.right = pair
        self.new = new_token
        self.waiting = False
        self.out = []

    def feed(self, t):
        if self.waiting and t == self.right:
            self.out.append(self.new)
            self.waiting = False
            return
        if self.waiting:
            self.out.append(self.left)
        self.waiting = t == self.left
        if not self.waiting:
            self.out.append(t)

    def close(self):
        if self.waiting:
            self.out.append(self.left)
        return tuple(self.out)


def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    m = _Merger(pair, new_token)
    for t in tokens:
        m.feed(t)
    return m.close()
