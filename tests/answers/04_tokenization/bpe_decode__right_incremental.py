# exercise: bpe_decode
# expect: right
# meant: the incremental decoder of codecs, with final=True at the end
import codecs

def bpe_decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    spelling = [bytes([b]) for b in range(256)]
    for left, right in merges:
        spelling.append(spelling[left] + spelling[right])
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    parts = [decoder.decode(spelling[i]) for i in ids]
    parts.append(decoder.decode(b"", final=True))
    return "".join(parts)
