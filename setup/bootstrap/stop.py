"""How the set-up ends when it cannot go on."""


class Stop(Exception):
    """Carries one sentence: what is wrong and what to do about it. run.py prints it and exits with status 1."""
