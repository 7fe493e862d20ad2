# exercise: environment_report
# expect: wrong
# meant: uses sys.version, which is a long sentence with compiler and date
# about: sys\.version|python.?version|version_info|three numbers|compiler|"python"
def environment_report(packages):
    versions = {}
    for name in packages:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = None
    return {"python": sys.version, "packages": versions}
