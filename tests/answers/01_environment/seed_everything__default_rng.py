# exercise: seed_everything
# expect: wrong
# meant: makes a new NumPy generator instead of seeding the global one
# about: default_rng|global|np\.random\.seed|numpy
def seed_everything(seed):
    random.seed(seed)
    np.random.default_rng(seed % 2**32)
    torch.manual_seed(seed)
