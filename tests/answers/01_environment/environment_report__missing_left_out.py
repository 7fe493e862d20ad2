# exercise: environment_report
# expect: wrong
# meant: silently skips packages that are not installed
# about: not installed|missing|left out|None|exactly the names|skip|leave
def environment_report(packages):
    versions = {}
    for name in packages:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return {"python": platform.python_version(), "packages": versions}
