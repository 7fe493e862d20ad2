"""An IPython shell in this process that runs cells as a notebook's kernel does, without a kernel."""

from __future__ import annotations

import builtins
import sys
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from autograder.engine.outputs import Bounds, Outputs, Stream


class _Compiler(CachingCompiler):
    """Names cells as an IPython kernel does, so that messages that quote the name read the same."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"/cells/{number}.py"

    def format_code_name(self, name: str) -> tuple[str, str] | None:
        if name in self._filename_map:
            return "Cell", f"In[{self._filename_map[name]}]"
        return None


class _Publisher(DisplayPublisher):
    outputs = AnyTrait()

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,
        *,
        transient: Any = None,
        update: Any = False,
        **_: Any,
    ) -> None:
        display_id = str((transient or {}).get("display_id", ""))
        self.outputs.display(data, metadata or {}, display_id=display_id, update=update)

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear(wait)


class _Hook(DisplayHook):
    outputs = AnyTrait()

    def start_displayhook(self) -> None:
        pass

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.outputs.display(format_dict, md_dict or {}, count=self.prompt_count)

    def finish_displayhook(self) -> None:
        pass


class Shell(InteractiveShell):
    """The shell; :attr:`outputs` gathers what a cell shows."""

    compiler_class = Type(_Compiler)
    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    outputs = AnyTrait()
    #: A cell that is known to be Python without magics.
    plain = ""

    def transform_cell(self, raw_cell: str) -> str:
        """Translate magics; a cell that is plain Python is left as it is, which is what translating it would do.

        Empty lines and spaces in front are taken away, which changes the numbers of lines in a traceback.
        """
        if raw_cell == self.plain and not raw_cell[:1].isspace() and not self.input_transformers_post:
            return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"
        return str(super().transform_cell(raw_cell))

    def should_run_async(self, raw_cell: str, *, transformed_cell: str | None = None, **how: Any) -> bool:
        """Whether a cell needs an event loop: one with neither word does not, and need not be compiled to find out."""
        text = transformed_cell or raw_cell
        asks = "await" in text or "async" in text
        return asks and bool(super().should_run_async(raw_cell, transformed_cell=transformed_cell, **how))

    def init_readline(self) -> None:
        """There is no terminal."""

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window either."""

    def ask_exit(self) -> None:
        """``exit()`` in a cell ends nothing: the other cells still count."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        try:
            value = str(evalue)
        except Exception:
            value = "<the exception has no text>"
        self.outputs.error(str(getattr(etype, "__name__", etype)), value, [str(line) for line in stb])


def make_shell() -> Shell:
    """A shell for this process, to be made once, before the forks."""
    config = Config()
    config.HistoryManager.hist_file = ":memory:"
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autoindent = False
    shell: Shell = Shell.instance(config=config)
    connect(shell, Bounds(2**20, 1000, 10_000, 2**24))
    return shell


def connect(shell: Shell, bounds: Bounds) -> None:
    """Point everything that shows something at fresh outputs, and let ``input`` say that nobody is there."""
    outputs = Outputs(bounds)
    for part in (shell, shell.displayhook, shell.display_pub):
        part.set_trait("outputs", outputs)
    sys.stdout, sys.stderr = Stream("stdout", outputs), Stream("stderr", outputs)
    sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr  # type: ignore[misc, assignment]

    def refuse(prompt: object = "", *_: object, **__: object) -> str:
        raise StdinNotImplementedError(
            "raw_input was called, but this frontend does not support input requests."
        )  # as an IPython kernel without a keyboard says it

    builtins.input = refuse
    import getpass

    getpass.getpass = refuse
