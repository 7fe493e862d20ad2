"""Names, comments and strings in other scripts."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
π, größe, 变量 = 3.14, 2, "变量"
print("🙂", π, größe, 变量, "\\u202eabc", "\\N{SNOWMAN}", "é", "\\x00")
"""
ANSWER = """
def mean_of(значения):
    сумма = sum(значения)  # 合計
    return сумма / len(значения)
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax").answer("mean_of", ANSWER)
    notebook.cells[0]["source"] += " – née Zoë 🙂 \u202e"


ATTACK = Attack("names and texts in other scripts", build)
