# exercise: seed_everything
# expect: wrong
# meant: makes three new generators, throws them away
# about: global|own generator|new generator|thrown away|manual_seed
def seed_everything(seed):
    random.Random(seed)
    np.random.RandomState(seed % 2**32)
    torch.Generator().manual_seed(seed)
