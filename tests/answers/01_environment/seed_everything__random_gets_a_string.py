# exercise: seed_everything
# expect: wrong
# meant: seeds random with str(seed), as a string "works too"
# about: \bstr|string|whole seed|`random`|\brandom\.seed|python's
def seed_everything(seed):
    random.seed(str(seed))
    np.random.seed(seed % 2**32)
    torch.manual_seed(seed)
