# exercise: bpe_encode
# expect: right
# meant: a heap of (rank, place) over a linked list
import heapq

def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    rank = {tuple(pair): i for i, pair in enumerate(merges)}
    out = []
    for word in split_words(text):
        tok = list(word.encode("utf-8"))
        n = len(tok)
        nxt = list(range(1, n)) + [-1]
        prv = list(range(-1, n - 1))
        heap = [(rank[tok[i], tok[i + 1]], i) for i in range(n - 1) if (tok[i], tok[i + 1]) in rank]
        heapq.heapify(heap)
        while heap:
            r, i = heapq.heappop(heap)
            j = nxt[i]
            if tok[i] is None or j == -1 or rank.get((tok[i], tok[j])) != r:
                continue
            tok[i], tok[j] = 256 + r, None
            nxt[i] = nxt[j]
            if nxt[j] != -1:
                prv[nxt[j]] = i
            for a in (prv[i], i):
                if a != -1 and nxt[a] != -1:
                    r2 = rank.get((tok[a], tok[nxt[a]]))
                    if r2 is not None:
                        heapq.heappush(heap, (r2, a))
        out.extend(t for t in tok if t is not None)
    return out
