# exercise: minhash_signature
# expect: wrong
# meant: a*x + b % PRIME: the remainder applies to b alone
# about: parenthes|bracket|preceden|b (alone|only)|mod(ul|\b)|remainder|% ?PRIME|larger than|below PRIME|whole sum
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    result = []
    for k in range(len(a)):
        result.append(min(a[k] * x + b[k] % PRIME for x in values))
    return result
