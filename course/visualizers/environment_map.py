"""A picture of what stands behind a notebook: the file, the kernel, the environment, and the one beside it."""

from __future__ import annotations

from course.visualizers import palette
from course.visualizers.svg import MONO, Canvas, Picture


def environment_map_svg() -> Picture:
    """Draw notebook, kernel and environment as boxes, and a second environment that is not reached."""
    canvas = Canvas()
    canvas.text(20, 30, "One notebook, one kernel, one environment", 15, font_weight="bold")
    _box(canvas, 20, 50, 210, 200, "Notebook", "what you see and edit")
    for index, (code, shown) in enumerate((("x = 2", ""), ("x * 21", "42"))):
        y = 118 + index * 58
        canvas.rect(36, y, 178, 26, palette.PAPER, stroke=palette.RULE)
        canvas.text(46, y + 17, code, 12, font_family=MONO)
        if shown:
            canvas.text(46, y + 44, shown, 12, palette.MUTED, font_family=MONO)
    canvas.text(36, 238, "saved as a file, .ipynb", 11, palette.MUTED)

    _box(canvas, 340, 50, 180, 200, "Kernel", "a running Python")
    canvas.text(356, 132, "its memory:", 11, palette.MUTED)
    canvas.text(356, 152, "x = 2", 12, font_family=MONO)
    canvas.text(356, 190, "gone when it is", 11, palette.MUTED)
    canvas.text(356, 205, "restarted", 11, palette.MUTED)

    _box(canvas, 640, 50, 210, 118, "Environment .venv", "a folder")
    for index, name in enumerate(("python", "torch", "jupyterlab", "datasets")):
        canvas.text(656 + (index % 2) * 100, 122 + (index // 2) * 22, name, 12, font_family=MONO)
    _box(canvas, 640, 184, 210, 66, "Another environment", "other versions, not reached", dashed=True)

    _arrow(canvas, 230, 110, 340, "code")
    _arrow(canvas, 340, 180, 230, "results")
    _arrow(canvas, 640, 110, 520, "imports", dash="5 3")
    canvas.text(20, 276, "JupyterLab and PyCharm are two windows onto the same three things.", 12, palette.MUTED)
    return canvas.picture(
        870, 294, "Notebook, kernel and environment",
        "The notebook is a file of cells. It sends code to a kernel, a running Python process that holds the "
        "variables, and gets results back. The kernel imports packages from one environment, a folder; another "
        "environment on the same machine is not reached.",
    )  # fmt: skip


def _box(
    canvas: Canvas, x: float, y: float, width: float, height: float, heading: str, below: str, dashed: bool = False
) -> None:
    canvas.rect(
        x, y, width, height, palette.PAPER if dashed else palette.PANEL, rx=8, stroke=palette.MUTED,
        stroke_dasharray="5 4" if dashed else None,
    )  # fmt: skip
    canvas.text(x + 16, y + 26, heading, 14, palette.MUTED if dashed else palette.INK, font_weight="bold")
    canvas.text(x + 16, y + 44, below, 12, palette.MUTED)


def _arrow(canvas: Canvas, start: float, y: float, end: float, label: str, dash: str = "") -> None:
    ahead = 1 if end > start else -1
    canvas.line(start, y, end - 2 * ahead, y, palette.INK, stroke_width=1.5, stroke_dasharray=dash)
    canvas.polyline(
        [(end - 9 * ahead, y - 5), (end - 1 * ahead, y), (end - 9 * ahead, y + 5)], palette.INK, stroke_width=1.5
    )
    canvas.text((start + end) / 2, y - 8, label, 12, anchor="middle")
