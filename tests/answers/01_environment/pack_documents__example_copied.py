# exercise: pack_documents
# expect: wrong
# meant: returns the example of the docstring
# about: example|hard.?coded|docstring|other lengths|fixed
def pack_documents(lengths, budget):
    return [[0, 1], [2, 3], [4]]
