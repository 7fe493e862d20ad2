# exercise: environment_report
# expect: right
# meant: reads the whole inventory once under normalised names, then looks up
def environment_report(packages):
    def normal(name):
        return re.sub(r"[-_.]+", "-", name).lower()

    inventory = {}
    for distribution in metadata.distributions():
        name = distribution.metadata["Name"]
        if name is not None:
            inventory.setdefault(normal(name), distribution.version)
    return {
        "packages": {name: inventory.get(normal(name)) for name in packages},
        "python": ".".join(map(str, sys.version_info[:3])),
    }
