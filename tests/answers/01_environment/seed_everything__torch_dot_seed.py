# exercise: seed_everything
# expect: wrong
# meant: torch.seed() looks like the parallel name, but chooses a random seed
# about: manual_seed|torch
def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.seed()
