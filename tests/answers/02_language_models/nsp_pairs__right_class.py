# exercise: nsp_pairs
# expect: right
# meant: a small class with a method that picks
class _Picker:
    def __init__(self, items):
        self.items = tuple(items)

    def __call__(self, u):
        return self.items[math.floor(u * len(self.items))]


def nsp_pairs(documents, draws):
    places = [(d, i) for d, doc in enumerate(documents) for i in range(len(doc)) if i + 1 < len(doc)]

    def one(place, draw):
        (d, i), (coin, u, v) = place, draw
        if coin < 0.5:
            return documents[d][i], documents[d][i + 1], 0
        return documents[d][i], _Picker(_Picker(documents[:d] + documents[d + 1 :])(u))(v), 1

    return [one(p, q) for p, q in zip(places, draws)]
