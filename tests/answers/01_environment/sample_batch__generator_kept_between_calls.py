# exercise: sample_batch
# expect: wrong
# meant: one generator for all calls, seeded only the first time
# about: this call|each call|every call|second (call|time)|again|between calls|kept|made (once|anew)|same seed|default argument
def sample_batch(data, size, seed, generators={}):
    if seed not in generators:
        generators[seed] = torch.Generator().manual_seed(seed)
    rows = torch.randperm(len(data), generator=generators[seed])[:size]
    return data[rows]
