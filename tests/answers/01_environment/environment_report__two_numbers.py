# exercise: environment_report
# expect: wrong
# meant: gives only major and minor version, 3.11
# about: three numbers|two numbers|micro|patch|third|version_info|"python"|\bpython.?version
def environment_report(packages):
    report = {"python": f"{sys.version_info.major}.{sys.version_info.minor}", "packages": {}}
    for name in packages:
        try:
            report["packages"][name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            report["packages"][name] = None
    return report
