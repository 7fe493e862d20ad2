# exercise: seed_everything
# expect: wrong
# meant: ends with return torch.manual_seed(...), which gives a generator back
# about: \breturn|None|nothing
def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed % 2**32)
    return torch.manual_seed(seed)
