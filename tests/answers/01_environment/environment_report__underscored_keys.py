# exercise: environment_report
# expect: wrong
# meant: "repairs" the names with underscores and returns the repaired ones as keys
# about: names? asked|underscore|hyphen|dash|exactly the names|\bkeys?\b|renam|scikit
def environment_report(packages):
    versions = {}
    for name in packages:
        name = name.replace("-", "_")
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = None
    return {"python": platform.python_version(), "packages": versions}
