# exercise: bpe_encode
# expect: wrong
# meant: each merge is made at the first place only
# about: everywhere|first (place|occurrence)|every (place|occurrence)|all (places|occurrences)|each (place|occurrence)|wherever|twice in|second (place|occurrence)|more than once
def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    ids = []
    for word in split_words(text):
        tokens = list(word.encode("utf-8"))
        for i, (a, b) in enumerate(merges):
            for k in range(len(tokens) - 1):
                if tokens[k] == a and tokens[k + 1] == b:
                    tokens = tokens[:k] + [256 + i] + tokens[k + 2 :]
                    break
        ids.extend(tokens)
    return ids
