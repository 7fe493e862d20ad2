# exercise: environment_report
# expect: wrong
# meant: gives the version as a tuple (3, 11, 7)
# about: tuple|string|\bstr\b|dots|"python"
def environment_report(packages):
    def version(name):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            return None

    return {"python": tuple(sys.version_info[:3]), "packages": {p: version(p) for p in packages}}
