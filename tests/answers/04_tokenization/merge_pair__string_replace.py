# exercise: merge_pair
# expect: wrong
# meant: replaces in a string of digits, so 17 7 is hit as well
# about: string|digits?|text|part of (a|another|the) (number|token)|inside (a|another|other) (number|token)|17|longer number|whole (numbers|tokens)|str\b|replace
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    s = " ".join(str(t) for t in tokens)
    s = s.replace(f"{pair[0]} {pair[1]}", str(new_token))
    return [int(x) for x in s.split()]
