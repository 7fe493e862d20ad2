# exercise: smoothed_probability
# expect: wrong
# meant: smooths only tokens that were not seen; seen ones keep their share, so the sum exceeds one
# about: sum to (one|1)|every token|all tokens|seen token|also.*seen|above one|more than (one|1)|only.*unseen|tokens that were seen|pseudo-count
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    row = counts.get(context, {})
    total = sum(row.values())
    if token in row:
        return row[token] / total
    return alpha / (total + alpha * vocabulary_size)
