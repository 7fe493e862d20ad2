# exercise: environment_report
# expect: wrong
# meant: one try around the whole loop: everything after the first missing package is lost
# about: after the (first|missing)|loop|inside|each (name|package)|\btry\b|missing|not installed|stops
def environment_report(packages):
    versions = dict.fromkeys(packages)
    try:
        for name in packages:
            versions[name] = metadata.version(name)
    except metadata.PackageNotFoundError:
        pass
    return {"python": platform.python_version(), "packages": versions}
