# exercise: environment_report
# expect: wrong
# meant: writes the word "None" instead of None
# about: "None"|'None'|string|\bstr\b|word|text|None
def environment_report(packages):
    versions = {}
    for name in packages:
        try:
            versions[name] = str(metadata.version(name))
        except metadata.PackageNotFoundError:
            versions[name] = "None"
    return {"python": platform.python_version(), "packages": versions}
