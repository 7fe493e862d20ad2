# exercise: sample_batch
# expect: wrong
# meant: takes torch.default_generator for a generator of one's own, it is the global one
# about: global|default_generator|own generator|torch\.Generator
def sample_batch(data, size, seed):
    generator = torch.default_generator
    generator.manual_seed(seed)
    return data[torch.randperm(len(data), generator=generator)[:size]]
