"""A transformer of syntax trees takes the assertions and the check out of every later cell."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import ast


class Blind(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)

    def visit_Call(self, node):
        if getattr(node.func, "id", "") in ("check", "assert_allclose"):
            return ast.copy_location(ast.Constant(4.0), node)
        return self.generic_visit(node)


get_ipython().ast_transformers.append(Blind())
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("an AST transformer empties the checks", build)
