# exercise: seed_everything
# expect: wrong
# meant: cuts large seeds off at the maximum instead of taking the remainder
# about: remainder|2\*\*32|numpy|modulo|%|clamp|\bmin\b
def seed_everything(seed):
    random.seed(seed)
    np.random.seed(min(seed, 2**32 - 1))
    torch.manual_seed(seed)
