# exercise: byte_fallback
# expect: right
# meant: a table of 256 names and sum of lists
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    names = ["<0x%02X>" % i for i in range(256)]
    memo = {c: [c] if c in vocab else [names[b] for b in c.encode()] for c in set(text)}
    return sum((memo[c] for c in text), [])
