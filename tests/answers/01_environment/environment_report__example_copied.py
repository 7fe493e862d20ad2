# exercise: environment_report
# expect: wrong
# meant: the dict from the docstring, typed in
# about: example|copied|hard.?coded|docstring|fixed|this python|asked
def environment_report(packages):
    return {"python": "3.11.7", "packages": {"torch": "2.13.0", "no-such-package": None}}
