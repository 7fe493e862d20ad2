# exercise: environment_report
# expect: right
# meant: None first, overwritten where a version is found
from contextlib import suppress


def environment_report(packages):
    versions = dict.fromkeys(packages)
    for name in versions:
        with suppress(metadata.PackageNotFoundError):
            versions[name] = metadata.distribution(name).version
    major, minor, micro, *_ = sys.version_info
    return {"python": f"{major}.{minor}.{micro}", "packages": versions}
