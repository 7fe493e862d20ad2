"""Running a solution notebook, and keeping its outputs the same from run to run."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode

from autograder.build.notebook import LANGUAGE
from autograder.build.stable import NOT_COMPARED
from autograder.contract import ContractError
from autograder.environment import ENVIRONMENT

CELL_LIMIT = 300
_STARTS = 4
_NOT_UP = "Kernel died before replying"
_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_UNSTABLE = (
    (re.compile(r"0x[0-9a-f]{8,}"), "a memory address"),
    (re.compile(r"(?:/home/|/Users/|/root/|/tmp/|/work/|[A-Z]:\\\\)\w"), "a path of this machine"),
    (re.compile(r"ipykernel_\d+"), "the kernel's process number"),
    (re.compile(r"\b\d+(?:\.\d+)? ?(?:ms|µs|ns|it/s)\b"), "a timing"),
)


@contextmanager
def quiet_environment() -> Iterator[None]:
    """Set :data:`ENVIRONMENT` and a workspace of its own for the kernels that are started in the body."""
    with tempfile.TemporaryDirectory() as folder:
        changed = {**ENVIRONMENT, "LLM_FROM_ZERO_WORKSPACE": folder, "IPYTHONDIR": str(Path(folder) / "ipython")}
        before = {name: os.environ.get(name) for name in (*changed, "COURSE_JUDGE")}
        os.environ.update(changed)
        os.environ.pop("COURSE_JUDGE", None)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def execute(notebook: NotebookNode, lesson: str, folder: Path) -> NotebookNode:
    """Run a notebook from top to bottom in ``folder`` and clean its outputs.

    Raises:
        ContractError: if a cell raises, writes to stderr, or prints something that differs from run to run.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    def run() -> None:
        NotebookClient(
            notebook, timeout=CELL_LIMIT, kernel_name="python3", resources={"metadata": {"path": str(folder)}},
            record_timing=False,
            # ipykernel warns of its loopback port at every start, which is nothing an author can mend.
            extra_arguments=["--IPKernelApp.log_level=40"], coalesce_streams=True, store_widget_state=False,
        ).execute()  # fmt: skip

    with quiet_environment():
        try:
            for start in range(_STARTS):
                try:
                    run()
                    break
                except RuntimeError as error:
                    # A kernel's ports are chosen before it opens them; another one may have been quicker.
                    if _NOT_UP not in str(error) or start == _STARTS - 1:
                        raise
        except CellExecutionError as error:
            raise ContractError(f"{lesson}: a cell of the solution notebook raises:\n{error}") from error
        except CellTimeoutError as error:
            raise ContractError(
                f"{lesson}: a cell of the solution notebook runs for more than {CELL_LIMIT} s."
            ) from error
    clean(notebook, lesson)
    return notebook


def clean(notebook: NotebookNode, lesson: str) -> None:
    """Drop widget state and empty outputs; number cells in order; refuse what differs from run to run."""
    notebook.metadata.pop("widgets", None)
    # The kernel writes its own Python version there; a notebook of the course belongs to none.
    notebook.metadata["language_info"] = dict(LANGUAGE)
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), start=1):
        cell.metadata.pop("execution", None)
        cell["execution_count"] = number
        kept = []
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                raise ContractError(
                    f"{lesson}: a cell writes to stderr, which nbgrader would score 0: {output.text[:300]!r}"
                )
            if "data" in output:
                output.data.pop(_WIDGET_VIEW, None)
                if not output.data:
                    continue
            if output.output_type == "execute_result":
                output["execution_count"] = number
            kept.append(output)
        cell["outputs"] = kept
        _refuse_unstable(cell, lesson)


def streams_joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Outputs with all text of a stream in the place of its first piece, as nbval has them."""
    joined: list[NotebookNode] = []
    first: dict[str, NotebookNode] = {}
    for output in outputs:
        if output.output_type == "stream" and output.name in first:
            first[output.name]["text"] += output.text
            continue
        if output.output_type == "stream":
            first[output.name] = output
        joined.append(output)
    return joined


def _refuse_unstable(cell: NotebookNode, lesson: str) -> None:
    volatile = NOT_COMPARED in cell.metadata.get("tags", [])
    for output in cell.outputs:
        texts = [output.text] if output.output_type == "stream" else [str(t) for t in output.get("data", {}).values()]
        for text in texts:
            for pattern, what in _UNSTABLE:
                found = pattern.search(text)
                if found and not (what == "a timing" and volatile):
                    raise ContractError(f"{lesson}: a cell prints {what} ({found[0]!r}):\n{cell.source[:300]}")
