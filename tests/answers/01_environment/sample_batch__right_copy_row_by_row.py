# exercise: sample_batch
# expect: right
# meant: an empty tensor that is filled row by row
def sample_batch(data, size, seed):
    order = torch.randperm(len(data), generator=torch.Generator().manual_seed(seed)).tolist()
    batch = data.new_empty((size, *data.shape[1:]))
    for place, row in enumerate(order[:size]):
        batch[place] = data[row]
    return batch
