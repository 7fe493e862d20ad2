# exercise: seed_everything
# expect: wrong
# meant: writes 2^32 for the power, which is XOR in Python (34)
# about: \*\*|\^|power|XOR|remainder|2\*\*32|numpy
def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed % (2 ^ 32))
    torch.manual_seed(seed)
