# exercise: minhash_signature
# expect: wrong
# meant: combines every a with every b instead of the k-th with the k-th
# about: combin|every (a|b|factor|summand)|each a|pair|k-th|own|zip|too many|as many|length|belong|nested|one number for each
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    return [min((x * factor + summand) % PRIME for x in values) for factor in a for summand in b]
