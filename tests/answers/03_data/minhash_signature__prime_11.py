# exercise: minhash_signature
# expect: wrong
# meant: the 11 of the worked example is left in the code
# about: 11\b|eleven|PRIME|example|modul|by hand|prime
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    p = 11
    return [min((ak * x + bk) % p for x in values) for ak, bk in zip(a, b)]
