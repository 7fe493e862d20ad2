# exercise: train_bpe
# expect: wrong
# meant: counts pairs once at the beginning and takes the top ones
# about: count(s|ed|ing)? (again|anew|once|only once)|recount|after (each|every|a) merge|each (merge|step)|every (merge|step)|change(s)? with|new tokens?|at the beginning|never (merged|applied)
def train_bpe(word_counts: dict[str, int], num_merges: int) -> list[tuple[int, int]]:
    words = {tuple(w.encode("utf-8")): n for w, n in word_counts.items()}
    counts = count_pairs(words)
    ranked = sorted(counts, key=lambda p: (-counts[p], p))
    return ranked[:num_merges]
