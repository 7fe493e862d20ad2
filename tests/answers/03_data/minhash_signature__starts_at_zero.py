# exercise: minhash_signature
# expect: wrong
# meant: the running minimum begins at 0, so that it stays 0
# about: starts? (at|with|from)|begin|initial|zero|\b0\b|never|infinit|first hash
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    signature = [0] * len(a)
    for k in range(len(a)):
        for x in values:
            h = (a[k] * x + b[k]) % PRIME
            if h < signature[k]:
                signature[k] = h
    return signature
