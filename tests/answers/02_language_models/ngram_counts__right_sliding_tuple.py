# exercise: ngram_counts
# expect: right
# meant: a context that slides along, as a C programmer's state
def ngram_counts(sentences, n):
    table = {}
    for s in sentences:
        state = ("<s>",) * (n - 1)
        k = 0
        while k <= len(s):
            token = "</s>" if k == len(s) else s[k]
            row = table.get(state)
            if row is None:
                row = table[state] = {}
            row[token] = row.get(token, 0) + 1
            state = (state + (token,))[1:]
            k += 1
    return table
