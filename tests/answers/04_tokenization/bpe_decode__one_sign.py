# exercise: bpe_decode
# expect: wrong
# meant: several signs in a row are made one
# about: one (sign|�|U\+FFFD)|several (signs|�)|run|in a row|each|number of|how many|collaps|merged? (signs|into one)|as many|single
def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    table = {b: bytes((b,)) for b in range(256)}
    for k, (a, b) in enumerate(merges, 256):
        table[k] = table[a] + table[b]
    text = b"".join(map(table.get, ids)).decode("utf-8", errors="replace")
    return re.sub("\ufffd+", "\ufffd", text)
