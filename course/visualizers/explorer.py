"""What the explorers share: numbers → static picture → widget, and how each shows itself in a notebook."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from course.visualizers.svg import Picture

STATIC_ONLY = "COURSE_STATIC"
"""With this environment variable set, explorers show their static picture instead of a widget (builds, tests, PDF)."""


@cache
def _source(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


@cache
def _widget_class(scripts: tuple[str, ...], controls: tuple[str, ...]) -> type:
    """An anywidget class whose traits are ``data`` (sent once) and the named controls (kept in step both ways)."""
    import anywidget
    import traitlets

    members: dict[str, Any] = {
        "_esm": "".join(map(_source, ("common.js", *scripts))),
        "_css": _source("explorer.css"),
        "data": traitlets.Dict().tag(sync=True),
        **{control: traitlets.Any().tag(sync=True) for control in controls},
    }
    return type("ExplorerWidget", (anywidget.AnyWidget,), members)


class Explorer:
    """An interactive picture. Its controls are attributes: set one from Python and the picture in the notebook follows.

    Subclasses name their controls and their script, check each new value, and draw the static picture. The widget is
    made when first displayed, so that ``static()`` alone needs no widget library.
    """

    controls: ClassVar[tuple[str, ...]] = ()
    script: ClassVar[str] = ""
    shared: ClassVar[tuple[str, ...]] = ()
    """Scripts that come before ``script``: drawings that several explorers share."""

    def __init__(self) -> None:
        self._state: dict[str, Any] = {}
        self._widget: Any = None

    def check(self, control: str, value: Any) -> Any:
        """The value as the picture needs it, or PictureError with a sentence that says which values there are."""
        raise NotImplementedError

    def payload(self) -> dict[str, Any]:
        """The numbers and words that the script draws from; they are sent to the browser once."""
        raise NotImplementedError

    def static(self) -> Picture:
        """The picture as SVG, with the controls where they stand now."""
        raise NotImplementedError

    def __getattr__(self, name: str) -> Any:
        if name in type(self).controls:
            return getattr(self._widget, name) if self._widget is not None else self._state[name]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in type(self).controls:
            object.__setattr__(self, name, value)
            return
        checked = self.check(name, value)
        self._state[name] = checked
        if self._widget is not None:
            setattr(self._widget, name, checked)

    @property
    def widget(self) -> Any:
        """The live widget, for use in a layout of your own (``ipywidgets.VBox`` and the like)."""
        if self._widget is None:
            made = _widget_class((*type(self).shared, type(self).script), type(self).controls)
            self._widget = made(data=self.payload(), **self._state)
        return self._widget

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        if os.environ.get(STATIC_ONLY):
            return {"image/svg+xml": self.static().svg, "text/plain": repr(self)}
        bundle = self.widget._repr_mimebundle_(include=include, exclude=exclude)
        data, *rest = bundle if isinstance(bundle, tuple) else (bundle,)
        if data is None:
            return {"text/plain": repr(self)}
        shown = {**data, "text/plain": repr(self)}  # the widget's own text changes from run to run
        return (shown, *rest) if rest else shown
