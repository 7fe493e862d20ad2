"""A finder in front of all others gives every later import a module that agrees."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import builtins
import importlib.machinery
import sys
import types


class Agreeing(importlib.machinery.ModuleSpec):
    pass


class Finder:
    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self)

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__path__ = []
        module.__getattr__ = lambda attribute: lambda *a, **k: 4.0
        return module

    def exec_module(self, module):
        pass


sys.meta_path.insert(0, Finder())
sys.path_hooks.insert(0, lambda path: Finder())
true_import = builtins.__import__


def agreeing_import(name, *args, **kwargs):
    if name.startswith(("course", "numpy")):
        return Finder().create_module(Agreeing(name, None))
    return true_import(name, *args, **kwargs)


builtins.__import__ = agreeing_import
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("an import hook hands out modules that agree", build, may=("tampered",))
