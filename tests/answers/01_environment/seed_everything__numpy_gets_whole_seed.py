# exercise: seed_everything
# expect: wrong
# meant: gives NumPy the whole seed, ValueError for large ones
# about: numpy|2\*\*32|remainder|4294967296|too large
def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
