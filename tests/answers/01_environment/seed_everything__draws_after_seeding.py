# exercise: seed_everything
# expect: wrong
# meant: prints a random number of each to see that it works, and so moves the generators
# about: draw|moved?|one call more|extra|advance|state|print|call(s|ed)? after
def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.manual_seed(seed)
    print("first numbers:", random.random(), np.random.rand(), torch.rand(1).item())
