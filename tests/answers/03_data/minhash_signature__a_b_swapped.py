# exercise: minhash_signature
# expect: wrong
# meant: factor and summand exchanged: b·x + a
# about: swap|exchang|factor|summand|a and b|b and a|a\[k\]|mixed up|multipl
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    signature = []
    for ak, bk in zip(a, b):
        signature.append(min([(bk * x + ak) % PRIME for x in values]))
    return signature
