# exercise: minhash_signature
# expect: wrong
# meant: the minimum is taken before the remainder
# about: mod(ul|\b)|remainder|PRIME|%|before|wrap
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    return [min(ak * x + bk for x in values) % PRIME for ak, bk in zip(a, b)]
