# exercise: environment_report
# expect: wrong
# meant: reports everything that is installed, not only what was asked for
# about: asked|exactly|only|all installed|everything|extra|too many
def environment_report(packages):
    versions = {d.metadata["Name"]: d.version for d in metadata.distributions()}
    for name in packages:
        versions.setdefault(name, None)
    return {"python": platform.python_version(), "packages": versions}
