# exercise: sample_batch
# expect: wrong
# meant: makes and seeds a generator, and then does not hand it to randperm
# about: generator ?=|hand(ed)?|pass(ed)?|global|not used|unused|generator
def sample_batch(data, size, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    rows = torch.randperm(len(data))[:size]
    return data[rows]
