# exercise: seed_everything
# expect: right
# meant: fresh seeded generators, and their states are put into the global ones
def seed_everything(seed):
    random.setstate(random.Random(seed).getstate())
    np.random.set_state(np.random.RandomState(seed & 0xFFFFFFFF).get_state())
    torch.manual_seed(seed)
    torch.set_rng_state(torch.Generator().manual_seed(seed).get_state())
