"""How long from a slider to the picture: the attention explorer beside the same heat map by matplotlib in an Output.

``python tests/bench/visualizers.py`` starts JupyterLab and Chromium and prints the median of each and their ratio.
Times depend on the machine; the ratio, taken in one run, is what to compare.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

TOKENS = 64
HEADS = 12
ROUNDS = 20

CELLS = [
    f"""
import numpy as np
from course.visualizers import attention_explorer
scores = np.random.default_rng(0).normal(size=({HEADS}, {TOKENS}, {TOKENS})) * 2
tokens = [f"t{{i}}" for i in range({TOKENS})]
attention_explorer(tokens, scores=scores)
""",
    """
import ipywidgets
import matplotlib.pyplot as plt
from course.visualizers.attention import attention_weights
allowed = np.ones(scores.shape[1:], dtype=bool)
slider = ipywidgets.FloatSlider(value=1.0, min=0.1, max=10.0, step=0.1)
output = ipywidgets.Output()

def draw(change):
    with output:
        output.clear_output(wait=True)
        figure, axes = plt.subplots(figsize=(7, 7))
        axes.imshow(attention_weights(scores[0], allowed, slider.value))
        axes.set_xticks(range(len(tokens)), tokens, rotation=90, fontsize=6)
        axes.set_yticks(range(len(tokens)), tokens, fontsize=6)
        plt.show()

slider.observe(draw, "value")
draw(None)
ipywidgets.VBox([slider, output])
""",
]

EXPLORER = """() => new Promise((resolve) => {
  const root = document.querySelector('.lfz-attention');
  const input = root.querySelector('input[type=range]');
  const cell = root.querySelector('g rect');
  const before = cell.getAttribute('fill');
  const start = performance.now();
  input.value = Number(input.value) > 0 ? -0.5 : 0.5;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  const look = () => cell.getAttribute('fill') === before
    ? requestAnimationFrame(look)
    : requestAnimationFrame(() => resolve(performance.now() - start));
  requestAnimationFrame(look);
})"""

MATPLOTLIB = """() => new Promise((resolve) => {
  const image = () => document.querySelector('.widget-output img, .jupyter-widget-output img, .jp-OutputArea img');
  const before = image().src;
  const handle = document.querySelector('.noUi-handle');
  const start = performance.now();
  handle.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  const look = () => {
    const now = image();
    if (!now || now.src === before) return requestAnimationFrame(look);
    now.decode().then(() => requestAnimationFrame(() => resolve(performance.now() - start)));
  };
  requestAnimationFrame(look);
})"""


def _fixtures() -> Any:
    path = Path(__file__).resolve().parents[1] / "browser" / "conftest.py"
    spec = spec_from_file_location("browser_fixtures", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def main() -> int:
    """Prints three lines: the explorer's median, matplotlib's median, the ratio."""
    fixtures = _fixtures()
    with (
        tempfile.TemporaryDirectory() as home,
        fixtures.running_chromium() as browser,
        fixtures.running_lab(Path(home)) as lab,
    ):
        notebooks = fixtures.Notebooks(lab, browser)
        page = notebooks(CELLS).page
        page.wait_for_selector(".lfz-attention .lfz-row")
        page.wait_for_selector(".jp-OutputArea img")
        medians = {}
        for name, script in (("attention explorer", EXPLORER), ("matplotlib in an Output", MATPLOTLIB)):
            times = []
            for _ in range(ROUNDS):
                times.append(page.evaluate(script))
                page.wait_for_timeout(250)
            medians[name] = statistics.median(times[2:])
            print(
                f"{name}: {medians[name]:.0f} ms from slider to picture ({TOKENS} tokens, median of {len(times) - 2})"
            )
        notebooks.close()
    explorer, matplotlib = medians.values()
    print(f"ratio: {matplotlib / explorer:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
