# exercise: bpe_encode
# expect: wrong
# meant: greedy longest match over the spellings, as in WordPiece
# about: longest|greedy|wordpiece|order|learned (first|order)|merges? (are )?(made|repeated|replayed)|spelling
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    spelling = [bytes([b]) for b in range(256)]
    for l, r in merges:
        spelling.append(spelling[l] + spelling[r])
    ids_of = {s: i for i, s in reversed(list(enumerate(spelling)))}
    longest = max(len(s) for s in spelling)
    ids = []
    for word in split_words(text):
        raw = word.encode("utf-8")
        i = 0
        while i < len(raw):
            for j in range(min(len(raw), i + longest), i, -1):
                if raw[i:j] in ids_of:
                    ids.append(ids_of[raw[i:j]])
                    i = j
                    break
    return ids
