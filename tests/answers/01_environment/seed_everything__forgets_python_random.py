# exercise: seed_everything
# expect: wrong
# meant: forgets Python's own module random
# about: `random`|python's|\brandom\.seed|module random|standard library|global generator of
def seed_everything(seed):
    torch.manual_seed(seed)
    np.random.seed(seed % 2**32)
    if torch.cuda.is_available():
        torch.cuda.manual_seed_all(seed)
