"""How explorers show themselves: lazily, with a stable text, and without a widget where only pictures are wanted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from course.visualizers import (
    TrainingDashboard,
    attention_explorer,
    batching_explorer,
    heads_explorer,
    masking_explorer,
    positions_explorer,
    reliability_explorer,
    sampling_explorer,
)
from course.visualizers.explorer import STATIC_ONLY, Explorer

FOLDER = Path(sys.modules[Explorer.__module__].__file__ or "").parent


def reliability() -> object:
    return reliability_explorer([[0.0, 1.0], [2.0, 0.0]], [1, 1])


MAKERS = [
    TrainingDashboard, attention_explorer, batching_explorer, heads_explorer, masking_explorer, positions_explorer,
    reliability, sampling_explorer,
]  # fmt: skip


def loaded_after(code: str) -> set[str]:
    watched = "('numpy', 'torch', 'ipywidgets', 'anywidget', 'matplotlib', 'transformers')"
    script = f"import sys; {code}; print(*[m for m in {watched} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_loads_nothing_heavy() -> None:
    assert loaded_after("import course.visualizers") == set()
    assert loaded_after("from course.visualizers import attention_explorer, positions_explorer") == set()


def test_static_pictures_need_no_widget_library() -> None:
    for name in (
        "positions_explorer", "sampling_explorer", "masking_explorer", "batching_explorer", "TrainingDashboard",
    ):  # fmt: skip
        assert loaded_after(f"from course.visualizers import *; {name}().static()") == set()
    assert loaded_after("from course.visualizers import *; attention_explorer().static()") == {"numpy"}


def test_functions_are_found_even_if_their_modules_were_imported_first() -> None:
    code = "import course.visualizers.attention, course.visualizers.positions; from course.visualizers import *"
    assert loaded_after(f"{code}; assert callable(attention_explorer) and callable(positions_explorer)") == set()


def test_an_unknown_name_is_an_attribute_error() -> None:
    import course.visualizers

    with pytest.raises(AttributeError, match="no_such_picture"):
        _ = course.visualizers.no_such_picture
    assert "attention_explorer" in dir(course.visualizers)


@pytest.mark.parametrize("make", MAKERS)
def test_text_is_stable_and_the_widget_is_live(make: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(STATIC_ONLY, raising=False)
    first, second = (make()._repr_mimebundle_() for _ in range(2))
    first, second = (bundle[0] if isinstance(bundle, tuple) else bundle for bundle in (first, second))
    assert "application/vnd.jupyter.widget-view+json" in first
    assert first["text/plain"] == second["text/plain"] == repr(make())
    assert "0x" not in first["text/plain"]


@pytest.mark.parametrize("make", MAKERS)
def test_a_build_gets_the_picture_instead(make: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STATIC_ONLY, "1")
    explorer = make()
    assert explorer._repr_mimebundle_() == {"image/svg+xml": str(explorer.static()), "text/plain": repr(explorer)}


def test_widget_and_explorer_are_one() -> None:
    explorer = attention_explorer()
    widget = explorer.widget
    widget.mask = "causal"  # as the browser would set it
    assert explorer.mask == "causal"
    assert "Mask: causal" in str(explorer.static())
    explorer.temperature = 2
    assert widget.temperature == 2.0
    assert explorer.widget is widget


SCRIPTS = [
    "attention.js", "attention_map.js", "batching.js", "dataflow.js", "heads.js", "masking.js", "positions.js",
    "reliability.js", "sampling.js", "training.js",
]  # fmt: skip


@pytest.mark.parametrize("name", ["common.js", *SCRIPTS, "explorer.css"])
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    source = (FOLDER / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    for word in ("http:", "https:", "//cdn", "import(", "fetch(", "@import", "XMLHttpRequest", "url("):
        assert word not in source


def test_scripts_hold_no_colours_of_their_own() -> None:
    for name in SCRIPTS:
        source = (FOLDER / name).read_text(encoding="utf-8")
        assert not any(f"#{letter}" in source for letter in "0123456789abcdefABCDEF"), name
