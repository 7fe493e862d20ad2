# exercise: environment_report
# expect: wrong
# meant: imports each package and reads __version__, so scikit-learn is "not there" and things get imported
# about: import|__version__|distribution|metadata
def environment_report(packages):
    versions = {}
    for name in packages:
        try:
            module = importlib.import_module(name)
            versions[name] = module.__version__
        except (ImportError, AttributeError):
            versions[name] = None
    return {"python": platform.python_version(), "packages": versions}
