"""Sliders, buttons, an interactive function and a progress widget, without anybody to move them."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
import ipywidgets as widgets
from IPython.display import HTML, clear_output, display
from ipywidgets import interact

slider = widgets.IntSlider(value=3, min=0, max=10)
slider.observe(lambda change: print(change["new"]), names="value")
display(slider, widgets.Button(description="Run"))


@interact(x=(0, 5), name="a")
def shown(x=2, name="a"):
    print(x, name)


out = widgets.Output()
with out:
    print("inside")
display(out)
bar = widgets.IntProgress(max=3)
display(bar)
for step in range(3):
    bar.value = step
clear_output(wait=True)
HTML("<b>bold</b>")
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")
    notebook.data["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}


ATTACK = Attack("widgets are made and shown", build, seconds=25)
