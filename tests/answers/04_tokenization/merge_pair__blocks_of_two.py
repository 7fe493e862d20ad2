# exercise: merge_pair
# expect: wrong
# meant: looks only at places 0, 2, 4, …
# about: odd|even|every (second|other)|blocks|steps? (of|by) (2|two)|each position|every position|in twos|one place further|chunk|begin(s|ning)? at
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    out = []
    for i in range(0, len(tokens), 2):
        block = tokens[i : i + 2]
        if tuple(block) == tuple(pair):
            out.append(new_token)
        else:
            out.extend(block)
    return out
