# exercise: bpe_encode
# expect: wrong
# meant: reduce without a start value fails for the empty text
# about: empty|no words|TypeError|nothing|initial
from functools import reduce

def bpe_encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    def encode_word(word):
        return reduce(lambda t, im: merge_pair(t, im[1], 256 + im[0]), enumerate(merges), list(word.encode("utf-8")))

    return reduce(lambda a, b: a + b, [encode_word(w) for w in split_words(text)])
