# exercise: nsp_pairs
# expect: right
# meant: a generator with an iterator of draws
def nsp_pairs(documents, draws):
    def pairs():
        supply = iter(draws)
        for number, document in enumerate(documents):
            rest = list(documents)
            del rest[number]
            for here, after in pairwise(document):
                coin, which_document, which_sentence = next(supply)
                if coin < 0.5:
                    yield here, after, 0
                else:
                    other = rest[int(which_document * len(rest))]
                    yield here, other[int(which_sentence * len(other))], 1

    return list(pairs())
