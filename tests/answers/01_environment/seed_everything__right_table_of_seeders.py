# exercise: seed_everything
# expect: right
# meant: three functions in a loop
def seed_everything(seed):
    for plant, number in (
        (torch.manual_seed, seed),
        (random.seed, seed),
        (np.random.seed, divmod(seed, 1 << 32)[1]),
    ):
        plant(number)
