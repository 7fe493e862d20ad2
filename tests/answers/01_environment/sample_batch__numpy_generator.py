# exercise: sample_batch
# expect: wrong
# meant: uses NumPy's default_rng, from the sentence that names it
# about: numpy|default_rng|torch\.Generator|torch generator|randperm
def sample_batch(data, size, seed):
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(data))[:size]
    return data[torch.from_numpy(rows)]
