# exercise: minhash_signature
# expect: wrong
# meant: the signature is sorted at the end, which loses which function each number is of
# about: sort|order|position|k-th|which function|place
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    return sorted(min((ak * x + bk) % PRIME for x in values) for ak, bk in zip(a, b, strict=True))
