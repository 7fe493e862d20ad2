# exercise: length_batches
# expect: wrong
# meant: torch.manual_seed and torch.randperm on the global generator of torch
# about: global|manual_seed|torch\.Generator|own generator
def length_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    torch.manual_seed(seed)
    mixed = torch.randperm(len(lengths)).tolist()
    rows = sorted(mixed, key=lambda row: lengths[row])
    batches = [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]
    return [batches[place] for place in torch.randperm(len(batches)).tolist()]
