# exercise: environment_report
# expect: wrong
# meant: puts the packages beside "python" into one flat dict
# about: nest|flat|"packages"|'packages'|`packages`|\bkeys?\b|inner|own dict
def environment_report(packages):
    report = {"python": platform.python_version()}
    for name in packages:
        try:
            report[name] = metadata.version(name)
        except Exception:
            report[name] = None
    return report
