# exercise: environment_report
# expect: wrong
# meant: asks find_spec whether the package is there, mixing up module and distribution names
# about: find_spec|module|distribution|scikit|import|name
def environment_report(packages):
    import importlib.util

    versions = {}
    for name in packages:
        if importlib.util.find_spec(name) is None:
            versions[name] = None
        else:
            versions[name] = metadata.version(name)
    return {"python": platform.python_version(), "packages": versions}
