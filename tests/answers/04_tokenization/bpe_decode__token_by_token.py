# exercise: bpe_decode
# expect: wrong
# meant: decodes every token alone: characters over several tokens break
# about: together|token by token|each token|every token|one (token )?(by|at a)|alone|spread over|several tokens|half a character|separately|join
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    spelling = [bytes([b]) for b in range(256)]
    for left, right in merges:
        spelling.append(spelling[left] + spelling[right])
    return "".join(spelling[i].decode("utf-8", errors="replace") for i in ids)
