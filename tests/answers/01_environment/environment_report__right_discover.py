# exercise: environment_report
# expect: right
# meant: asks the finders directly: the first distribution found, else None
def environment_report(packages):
    def version_of(name):
        found = next(iter(metadata.Distribution.discover(name=name)), None)
        return found and found.version

    return dict(
        python="{}.{}.{}".format(*sys.version_info),
        packages=dict(zip(packages, map(version_of, packages))),
    )
