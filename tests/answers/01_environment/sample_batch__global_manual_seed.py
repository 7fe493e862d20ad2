# exercise: sample_batch
# expect: wrong
# meant: seeds the global generator, as in the exercise before
# about: global|torch\.Generator|manual_seed|own generator
def sample_batch(data, size, seed):
    torch.manual_seed(seed)
    rows = torch.randperm(len(data))[:size]
    return data[rows]
