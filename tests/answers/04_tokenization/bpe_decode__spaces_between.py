# exercise: bpe_decode
# expect: wrong
# meant: joins the tokens with spaces
# about: spaces?\b|join|separat|between (the )?tokens|blank
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    spelling = [bytes([b]) for b in range(256)]
    for left, right in merges:
        spelling.append(spelling[left] + spelling[right])
    return b" ".join(spelling[i] for i in ids).decode("utf-8", errors="replace")
