"""Plots of several kinds, shown, saved and left open; an animation's frames."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np

fig, axes = plt.subplots(1, 2, figsize=(6, 3))
axes[0].plot(np.sin(np.linspace(0, 6, 50)), label="sine")
axes[0].legend()
axes[1].imshow(np.random.rand(8, 8))
fig.savefig("figure.png")
plt.show()
plt.hist([1, 2, 2, 3])
plt.title("$\\\\alpha$ and $\\\\beta$")
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")
    notebook.answer("mean_of", "import matplotlib.pyplot as plt\n\ndef mean_of(values):\n    plt.plot(values)\n"
                    "    return sum(values) / len(values)")  # fmt: skip


ATTACK = Attack("plots are drawn, shown and saved", build, seconds=25)
