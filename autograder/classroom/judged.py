"""Executing a submission with the hidden judge: the preprocessor that replaces nbgrader's own ``Execute``.

Whatever a check cell shows when it has run is thrown away and replaced by what the judge recorded, so nothing that the
kernel says about points counts, and warnings on stderr cost nothing. A kernel that dies is started again without the
cell that killed it, so that one broken answer costs its own points and not those of the others.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from traitlets import Integer, Unicode

from autograder.build.notebook import check_id
from autograder.classroom.judge_server import Judge, JudgeServer
from autograder.classroom.names import checked_name
from autograder.classroom.outcome import OK, Outcome, outcome_of_error, verdict_without_judge
from autograder.classroom.records import VERDICTS, Record, uniform
from autograder.classroom.skeleton import basis_of
from autograder.environment import ENVIRONMENT
from course.checking.key import Key, read_key
from course.checking.remote import VARIABLE
from course.checking.verdict import Verdict

CODE = Path(__file__).resolve().parents[2]
_SECRET = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|PRIVATE|_KEY$", re.I)
_MAX_OUTPUT = 20_000_000
_MAX_STREAM = 200_000
_STARTS = 4


class BudgetSpent(Exception):
    """The notebook as a whole has used its time."""


class KernelNotUp(RuntimeError):
    """A kernel ended before it answered for the first time; no cell has run in it."""


class KeyNotReleased(LookupError):
    """An exercise of the notebook has no hidden key in the classroom."""


def exercises_of(notebook: NotebookNode) -> dict[str, float]:
    """``{exercise: points}`` of a notebook that has been through the intake, in its order."""
    found = {}
    for cell in notebook.cells:
        grading = cell.metadata.get("nbgrader", {})
        name = checked_name(cell.source) if grading.get("grade") else ""
        if name and grading.get("grade_id") == check_id(name):
            found[name] = float(grading["points"])
    return found


def hidden_keys(folder: Path, exercises: Iterable[str]) -> dict[str, Key]:
    """The hidden keys of exercises.

    Raises:
        KeyNotReleased: if one is missing.
    """
    keys = {}
    for name in exercises:
        path = folder / f"{name}.json"
        if not path.is_file():
            raise KeyNotReleased(f"there is no hidden key {path}: run `autograder release {folder.name}`")
        keys[name] = read_key(path)
    return keys


class JudgedExecute(Execute):
    """Runs a submission's cells, with a judge outside the kernel."""

    timeout = Integer(60, allow_none=True, help="Seconds that one cell may take.").tag(config=True)
    notebook_timeout = Integer(600, help="Seconds that a whole notebook may take.").tag(config=True)
    timeout_after_timeout = Integer(20, help="Seconds a cell, once one cell has run into its limit.").tag(config=True)
    max_restarts = Integer(4, help="How often a kernel that died is started again.").tag(config=True)
    memory_limit = Integer(
        6144,
        help="MiB of memory that a kernel may claim (Linux; 0 for no limit). With torch, transformers and datasets "
        "imported it has claimed 1600.",
    ).tag(config=True)
    keys = Unicode("", help="The folder with the hidden keys, one folder a lesson.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any = None, km: Any = None) -> tuple[NotebookNode, Any]:
        """Run a submission that has been through the intake, and put the judge's verdicts into its check cells."""
        lesson, student = resources["nbgrader"]["assignment"], resources["nbgrader"]["student"]
        intake = nb.metadata.get("course", {}).get("intake", {})
        folder = Path(self.keys) / lesson
        points = exercises_of(nb)
        notes = list(intake.get("notes", []))
        verdicts: dict[str, Verdict]
        if intake.get("malformed"):
            verdicts = {v.exercise: v for v in uniform(points, "malformed", intake["malformed"])}
        elif intake.get("failure"):
            verdicts = self._grader_failed(points, notes, intake["failure"])
        else:
            try:
                verdicts = self._graded(nb, resources, hidden_keys(folder, points), notes)
            except Exception as error:
                self.log.exception("The grader failed on %s's %s", student, lesson)
                verdicts = self._grader_failed(points, notes, f"{type(error).__name__}: {error}")
        self._show(nb, verdicts, notes)
        place = Path(resources["metadata"]["path"])
        record = Record(student, lesson, tuple(verdicts.values()), tuple(notes), basis_of(folder))
        record.write(place / VERDICTS)
        return nb, resources

    def _grader_failed(self, points: Mapping[str, float], notes: list[str], reason: str) -> dict[str, Verdict]:
        notes.append(f"Grader error: {reason}")
        sentence = "The grader itself failed on this submission; the instructor has been told."
        return {v.exercise: v for v in uniform(points, "grader_error", sentence)}

    # Running

    def _graded(
        self, nb: NotebookNode, resources: Any, keys: Mapping[str, Key], notes: list[str]
    ) -> dict[str, Verdict]:
        judge = Judge(keys)
        with JudgeServer(judge) as server, self._scratch() as scratch:
            self._environment = _kernel_environment(server.variable, scratch)
            # A copy, so that what the code writes beside itself is gone afterwards: nbgrader would copy it to feedback.
            self._workplace = scratch / "work"
            shutil.copytree(resources["metadata"]["path"], self._workplace, symlinks=True)
            self._run(nb, resources, judge, {check_id(name): name for name in keys})
        notes.extend(f"Grader error: {name}: {reason}" for name, reason in judge.failures.items())
        verdicts = {}
        for name, key in keys.items():
            answer, check = self._outcomes.get(name, OK), self._outcomes.get(check_id(name), self._unreached)
            verdicts[name] = judge.verdicts.get(name) or verdict_without_judge(name, key.points, answer, check)
        return verdicts

    @contextlib.contextmanager
    def _scratch(self) -> Iterator[Path]:
        folder = Path(tempfile.mkdtemp(prefix="grading-"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _run(self, nb: NotebookNode, resources: Any, judge: Judge, checks: Mapping[str, str]) -> None:
        #: ``{cell id: how it ended}``; the ids of answers and checks are those of the release.
        self._outcomes: dict[str, Outcome] = {}
        self._unreached = Outcome("not run", message="the notebook as a whole took too long.")
        self._deadline = time.monotonic() + self.notebook_timeout
        self._output_size = 0
        self._limit = 0.0
        self._how_it_died = ""
        replaced: dict[int, str] = {}
        restart, starts = 0, 0
        while True:
            NotebookClient.__init__(self, nb, None)
            self.shutdown_kernel = "immediate"
            self.reset_execution_trackers()
            self._check_assign_resources(resources)
            try:
                with self._kernel():
                    self._run_cells(nb, judge, checks, replaced)
                return
            except BudgetSpent:
                return
            except KernelNotUp:
                # Its ports are chosen before it opens them; another kernel may have been quicker.
                starts += 1
                if starts == _STARTS:
                    raise
            except (DeadKernelError, CellTimeoutError) as error:
                if restart == self.max_restarts:
                    often = "the Python process had ended or stopped answering too often before."
                    self._unreached = Outcome("not run", "crash", often)
                    return
                self._leave_out(nb, checks, replaced, isinstance(error, CellTimeoutError))
                restart, starts = restart + 1, 0

    @contextlib.contextmanager
    def _kernel(self) -> Iterator[None]:
        group = 0
        try:
            with contextlib.ExitStack() as stack:
                try:
                    stack.enter_context(self.setup_kernel())
                except RuntimeError as error:
                    raise KernelNotUp(str(error)) from error
                group = getattr(self.km.provisioner, "pgid", 0) or 0
                info = self.wait_for_reply(self.kc.kernel_info())
                self.nb.metadata["language_info"] = info["content"]["language_info"]
                yield
        finally:
            # What the notebook started in the background ends with it.
            if group and hasattr(os, "killpg"):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(group, signal.SIGKILL)

    def _run_cells(
        self, nb: NotebookNode, judge: Judge, checks: Mapping[str, str], replaced: Mapping[int, str]
    ) -> None:
        for index, cell in enumerate(nb.cells):
            if cell.cell_type != "code":
                continue
            exercise = checks.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if exercise in judge.verdicts:
                continue
            if time.monotonic() > self._deadline:
                raise BudgetSpent
            self._current = index
            source = cell.source
            cell.source = replaced.get(index, _judged_source(source) if exercise else source)
            if index not in replaced:
                self._outcomes[cell.id] = OK
            try:
                with judge.expecting(exercise):
                    self.execute_cell(cell, index, store_history=True)
            finally:
                cell.source = source

    def _leave_out(self, nb: NotebookNode, checks: Mapping[str, str], replaced: dict[int, str], hung: bool) -> None:
        """After the cell at hand ended the kernel: run the rest again without it."""
        cell = nb.cells[self._current]
        died = Outcome("crash", message=self._how_it_died)
        self._outcomes[cell.id] = Outcome("timeout", seconds=self._limit) if hung else died
        replaced[self._current] = ""
        cell.outputs = []
        exercise = checks.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        for index, other in enumerate(nb.cells):
            if exercise and other.metadata.get("nbgrader", {}).get("grade_id") == exercise:
                # Answers that call this one are told why they cannot have it.
                what = "did not come back" if hung else "ended the Python process"
                replaced[index] = (
                    f"def {exercise}(*_, **__):\n    raise RuntimeError('{exercise} {what} and was left out')"
                )

    def _get_timeout(self, cell: NotebookNode | None) -> int | None:
        limit = self.timeout or self.notebook_timeout
        if any(outcome.kind == "timeout" for outcome in self._outcomes.values()):
            limit = min(limit, self.timeout_after_timeout)
        limit = max(1, min(limit, int(self._deadline - time.monotonic())))
        if cell is not None:
            self._limit = float(limit)
        return limit

    # What nbclient calls

    async def async_start_new_kernel(self, **kwargs: Any) -> None:
        """Start the kernel with the judge's address and without the grader's secrets."""
        self._how_it_died = ""
        # What a kernel says outside its cells is nobody's: the grader's screen is for the grader.
        nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        await super().async_start_new_kernel(env=self._environment, cwd=str(self._workplace), **nowhere, **kwargs)
        if self.memory_limit and sys.platform == "linux":
            import resource

            size = self.memory_limit * 2**20
            pid = getattr(getattr(self.km.provisioner, "process", None), "pid", None)
            if pid:
                # RLIMIT_DATA counts what is claimed for writing; RLIMIT_AS would count every library's text, too.
                resource.prlimit(pid, resource.RLIMIT_DATA, (size, size))

    start_new_kernel = run_sync(async_start_new_kernel)

    async def _async_check_alive(self) -> None:
        try:
            await super()._async_check_alive()
        except DeadKernelError:
            process = getattr(self.km.provisioner, "process", None)
            code = process.poll() if process is not None else None
            if code is not None and code < 0:
                self._how_it_died = f" ({signal.Signals(-code).name}"
                self._how_it_died += "; a lack of memory ends like that, too)" if code == -9 else ")"
            raise

    def on_cell_executed(self, **kwargs: Any) -> None:
        """Note how a cell ended."""
        super().on_cell_executed(**kwargs)
        reply = kwargs["execute_reply"]["content"]
        if reply["status"] != "ok":
            outcome = outcome_of_error(str(reply.get("ename", "")), str(reply.get("evalue", "")), self._limit)
            self._outcomes[kwargs["cell"].id] = outcome

    def output(self, outs: list[NotebookNode], msg: Any, display_id: Any, cell_index: int) -> NotebookNode | None:
        """Take an output, as long as there are not far too many."""
        content = msg["content"]
        size = len(str(content.get("text", ""))) + sum(len(str(item)) for item in content.get("data", {}).values())
        kept = sum(len(out.text) for out in outs if out.output_type == "stream")
        if self._output_size + size > _MAX_OUTPUT or (msg["msg_type"] == "stream" and kept + size > _MAX_STREAM):
            return None
        self._output_size += size
        taken: NotebookNode | None = super().output(outs, msg, display_id, cell_index)
        return taken

    # Showing

    def _show(self, nb: NotebookNode, verdicts: Mapping[str, Verdict], notes: list[str]) -> None:
        """Put verdicts into the check cells and repairs on top; take the grader's own paths out of what was printed."""
        by_cell = {check_id(name): verdict for name, verdict in verdicts.items()}
        hidden = {str(CODE): "…", str(Path(self.keys).parent): "…"}
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            verdict = by_cell.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if verdict is not None:
                cell.outputs = [_result(verdict, cell.get("execution_count"))]
            else:
                cell.outputs = [_without(output, hidden) for output in cell.outputs]
        own = [note for note in notes if not note.startswith("Grader error")]
        if own:
            text = "**Before grading**\n\n" + "\n".join(f"* {_escaped(note)}" for note in own)
            nb.cells.insert(0, nbformat.v4.new_markdown_cell(text, id="before-grading"))


def _judged_source(source: str) -> str:
    """The check as it is run: by its full name, so that a learner's own variable ``check`` does no harm."""
    return re.sub(r"^\s*check\(", '__import__("course").check(', source)


def _result(verdict: Verdict, count: int | None) -> NotebookNode:
    data = {"text/plain": repr(verdict), "text/html": verdict._repr_html_()}
    return nbformat.v4.new_output("execute_result", data=data, execution_count=count)


def _without(output: NotebookNode, hidden: Mapping[str, str]) -> NotebookNode:
    for field in ("text", "evalue"):
        if isinstance(output.get(field), str):
            output[field] = _replaced(output[field], hidden)
    if "traceback" in output:
        output["traceback"] = [_replaced(str(line), hidden) for line in output["traceback"]]
    data = output.get("data", {})
    for kind in data:
        if isinstance(data[kind], str) and kind.startswith("text/"):
            data[kind] = _replaced(data[kind], hidden)
    return output


def _replaced(text: str, replacements: Mapping[str, str]) -> str:
    for old, new in replacements.items():
        text = text.replace(old, new)
    return text


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|$])", r"\\\1", text)


def _kernel_environment(judge: str, scratch: Path) -> dict[str, str]:
    """The environment of a kernel: the machine's, less what looks like a secret, plus what the course needs."""
    environment = {name: value for name, value in os.environ.items() if not _SECRET.search(name)}
    path = [str(CODE), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **environment,
        **ENVIRONMENT,
        "PYTHONPATH": os.pathsep.join(path),
        "LLM_FROM_ZERO_WORKSPACE": str(scratch / "workspace"),
        # A startup file that one submission plants must not run for the next.
        "IPYTHONDIR": str(scratch / "ipython"),
        VARIABLE: judge,
    }
