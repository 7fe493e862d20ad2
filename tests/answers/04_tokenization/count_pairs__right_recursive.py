# exercise: count_pairs
# expect: right
# meant: divide and conquer over the items, dictionaries merged
def count_pairs(words: dict[tuple[int, ...], int]) -> dict[tuple[int, int], int]:
    def one(word, n):
        d = {}
        i = 1
        while i < len(word):
            key = (word[i - 1], word[i])
            if key in d:
                d[key] += n
            else:
                d[key] = n
            i += 1
        return d

    def both(items):
        if not items:
            return {}
        if len(items) == 1:
            return one(*items[0])
        half = len(items) // 2
        a, b = both(items[:half]), both(items[half:])
        return {k: a.get(k, 0) + b.get(k, 0) for k in a.keys() | b.keys()}

    return both(list(words.items()))
