# exercise: merge_pair
# expect: right
# meant: string replacement that is safe, with brackets round each number
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    s = "".join(f"<{t}>" for t in tokens)
    s = s.replace(f"<{pair[0]}><{pair[1]}>", f"<{new_token}>")
    return [int(x) for x in re.findall(r"-?\d+", s)]
