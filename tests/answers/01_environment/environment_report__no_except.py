# exercise: environment_report
# expect: wrong
# meant: does not handle packages that are not installed at all
# about: PackageNotFoundError|not installed|try|except|catch|missing
def environment_report(packages):
    return {
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in packages},
    }
