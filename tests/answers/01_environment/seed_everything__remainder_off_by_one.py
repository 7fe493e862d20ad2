# exercise: seed_everything
# expect: wrong
# meant: remainder by 2**32 - 1, "the largest number that fits"
# about: remainder|2\*\*32|numpy|off by one|modulo|%
def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed % (2**32 - 1))
    torch.manual_seed(seed)
