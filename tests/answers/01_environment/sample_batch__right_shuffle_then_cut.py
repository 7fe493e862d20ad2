# exercise: sample_batch
# expect: right
# meant: permutes everything and cuts, splitting off the rest
def sample_batch(data, size, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    shuffled = data[torch.randperm(data.size(0), generator=generator)]
    batch, _ = shuffled.split([size, data.size(0) - size])
    return batch.clone()
