# exercise: seed_everything
# expect: wrong
# meant: reduces the seed once at the start, also for random and torch
# about: whole seed|remainder|other two|2\*\*32|only numpy|numpy (only|alone)|reduc
def seed_everything(seed):
    seed = seed % 2**32
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
