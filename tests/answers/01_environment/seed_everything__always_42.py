# exercise: seed_everything
# expect: wrong
# meant: seeds with a constant and not with the argument
# about: \b42\b|constant|fixed|argument|`seed`|same for every|different seeds|two seeds
def seed_everything(seed):
    seed = 42
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.manual_seed(seed)
