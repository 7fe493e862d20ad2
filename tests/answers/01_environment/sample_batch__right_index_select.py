# exercise: sample_batch
# expect: right
# meant: index_select along the first dimension
def sample_batch(data, size, seed):
    private = torch.Generator(device="cpu")
    private.manual_seed(seed)
    keep = torch.randperm(data.shape[0], generator=private).narrow(0, 0, size)
    return torch.index_select(data, 0, keep.to(data.device))
