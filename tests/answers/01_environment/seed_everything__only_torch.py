# exercise: seed_everything
# expect: wrong
# meant: torch is what matters, the other two are forgotten
# about: numpy|\brandom\b|three|other two|each
def seed_everything(seed):
    torch.manual_seed(seed)
