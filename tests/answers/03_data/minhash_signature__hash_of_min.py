# exercise: minhash_signature
# expect: wrong
# meant: hashes the smallest value instead of taking the smallest hash
# about: (min|smallest).*(before|after|value|first|hash)|hash.*(each|every|all) (value|x|number)|smallest (value|x|number)|all `?x|every x|modul|wrap
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    smallest = min(values)
    return [(ak * smallest + bk) % PRIME for ak, bk in zip(a, b)]
