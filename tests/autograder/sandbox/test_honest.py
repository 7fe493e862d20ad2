"""What learners honestly do must work in a sealed process as it does outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def test_torch_computes_and_learns(sealed):
    def work() -> list:
        import torch

        torch.manual_seed(0)
        x = torch.randn(400, 400)
        layer = torch.nn.Linear(400, 10)
        optimiser = torch.optim.AdamW(layer.parameters())
        layer(x @ x).square().mean().backward()
        optimiser.step()
        torch.save(layer.state_dict(), "layer.pt")
        again = torch.load("layer.pt", weights_only=True)
        half = (x.bfloat16() @ x.bfloat16()).float().isfinite().all()
        return [sorted(again), bool(half), bool(torch.linalg.svdvals(x).isfinite().all())]

    assert sealed(work).value == [["bias", "weight"], True, True]


def test_torch_uses_threads(sealed):
    def work() -> list:
        import torch

        before = len(os.listdir("/proc/self/task"))
        torch.set_num_threads(2)
        x = torch.randn(800, 800)
        total = (x @ x).sum() + torch.sin(torch.randn(2_000_000)).sum()
        return [bool(total.isfinite()), before, len(os.listdir("/proc/self/task"))]

    finite, before, after = sealed(work).value
    assert (finite, before) == (True, 1)
    assert after >= 2


def test_nothing_is_written_to_stderr(sealed):
    """nbgrader scores any output there as 0; torch complains there if it cannot read /proc/cpuinfo."""
    log = sealed.base / "stderr.txt"

    def work() -> float:
        import torch

        return float(torch.nn.functional.softmax(torch.randn(64, 64), -1).sum())

    before = f"import os\nos.dup2(os.open({str(log)!r}, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)"
    assert sealed(work, before=before, keep=(2,)).value == pytest.approx(64, abs=1e-3)
    assert log.read_text() == ""


def test_modules_are_imported_late(sealed):
    def work() -> list:
        import fractions
        import sqlite3
        import wave
        import xml.dom.minidom

        import scipy.stats
        import sympy
        from torch.utils.data import DataLoader

        import course.progress
        from course.visualizers import explorer

        modules = [fractions, sqlite3, wave, xml.dom.minidom, explorer, course.progress]
        batches = list(DataLoader(range(10), batch_size=4))
        database = sqlite3.connect("mine.db")
        database.execute("create table t (x)")
        database.commit()
        return [len(modules), str(sympy.diff("x**2")), round(scipy.stats.norm.cdf(0), 2), len(batches)]

    assert sealed(work).value == [6, "2*x", 0.5, 3]


def test_plots_go_to_files_and_memory(sealed):
    def work() -> list:
        import io

        import matplotlib.pyplot as plt

        figure, axes = plt.subplots()
        axes.plot([1, 2, 3])
        axes.set_title("Aufmerksamkeit: $QK^T/\\sqrt{d_k}$ 注意力")
        figure.savefig("plot.png")
        figure.savefig("plot.pdf")
        held = io.StringIO()
        figure.savefig(held, format="svg")
        return [os.path.getsize("plot.png") > 1000, os.path.getsize("plot.pdf") > 1000, "<svg" in held.getvalue()]

    assert sealed(work).value == [True, True, True]


def test_the_courses_own_files_and_resources_are_readable(sealed):
    def work(text: str) -> list:
        import torch

        import course
        from course.checking.key import visible_key
        from course.resources import load_bert, load_reviews

        model, tokenizer = load_bert()
        tokens = tokenizer([text], return_tensors="pt")
        with torch.no_grad():
            width = model(**tokens).last_hidden_state.shape[-1]
        reviews = load_reviews("movies")
        small = reviews.select(range(20)).map(lambda row: {"words": len(str(row).split())})
        verdict = course.check("softmax", lambda x, dim=-1: torch.softmax(x, dim))
        notebook = next(Path(course.__path__[0]).glob("05_*/*.ipynb"))
        exercise = visible_key("softmax").exercise
        return [width, len(reviews) > 5000, len(small["words"]), type(verdict).__name__, notebook.name, exercise]

    found = sealed(work, text="A fine film.").value
    assert found[0] == 384
    assert found[1:3] == [True, 20]
    assert found[3:] == ["Verdict", "05_attention.ipynb", "softmax"]


def test_temporary_files_copies_and_archives(sealed):
    def work() -> list:
        import shutil
        import tempfile
        import zipfile

        with tempfile.NamedTemporaryFile("w+") as named, tempfile.TemporaryFile() as hidden:
            named.write("x")
            hidden.write(b"y")
            inside = named.name.startswith(os.environ["TMPDIR"])
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "a").write_text("a")
            shutil.copytree(folder, "tree")
        shutil.copy("tree/a", "b")
        shutil.copy2("tree/a", "c")
        Path("d").touch()
        shutil.move("tree", Path(os.environ["TMPDIR"], "tree"))
        with zipfile.ZipFile("all.zip", "w") as archive:
            archive.write("b")
        shutil.make_archive("more", "gztar", os.environ["TMPDIR"])
        shutil.rmtree(Path(os.environ["TMPDIR"], "tree"))
        return [inside, sorted(os.listdir("."))]

    assert sealed(work).value == [True, ["all.zip", "b", "c", "d", "more.tar.gz"]]


def test_threads_queues_and_asyncio(sealed):
    def work() -> list:
        import asyncio
        from concurrent.futures import ThreadPoolExecutor

        async def later(x: int) -> int:
            await asyncio.sleep(0.01)
            return await asyncio.to_thread(lambda: x + 1)

        async def both() -> list:
            return await asyncio.gather(later(1), later(2))

        with ThreadPoolExecutor(8) as pool:
            squares = list(pool.map(lambda x: x * x, range(20)))
        return [asyncio.run(both()), sum(squares)]

    assert sealed(work).value == [[2, 3], 2470]


def test_progress_bars_logging_and_warnings(sealed):
    def work() -> list:
        import logging
        import warnings

        import tqdm
        from tqdm.auto import tqdm as automatic

        total = sum(tqdm.tqdm(range(10))) + sum(automatic(range(10)))
        logging.getLogger("mine").warning("careful")
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            warnings.warn("look", stacklevel=1)
        return [total, len(seen)]

    assert sealed(work).value == [90, 1]


def test_what_a_notebook_asks_of_its_system(sealed):
    def work() -> dict:
        import getpass
        import locale
        import mimetypes
        import multiprocessing
        import platform
        import time
        import uuid
        import zoneinfo

        import numpy as np
        import psutil

        return {
            "user": getpass.getuser(),
            "home": str(Path.home()),
            "cores": (os.cpu_count() or 0) > 0 and multiprocessing.cpu_count() > 0,
            "memory": psutil.virtual_memory().total > 0,
            "platform": platform.platform().startswith("Linux") and bool(platform.processor() or True),
            "type": mimetypes.guess_type("a.png")[0],
            "zone": str(zoneinfo.ZoneInfo("Europe/Berlin")),
            "time": time.strftime("%Y") >= "2025",
            "encoding": locale.getpreferredencoding().upper(),
            "uuid": len(str(uuid.uuid1())),
            "random": len(os.urandom(8)) + np.random.default_rng().bytes(8).__len__(),
            "columns": os.get_terminal_size is not None and __import__("shutil").get_terminal_size().columns > 0,
            "width": psutil.Process().memory_info().rss > 0,
        }

    outcome = sealed(work)
    assert outcome.value == {
        "user": "student", "home": str(outcome.folder / "home"), "cores": True, "memory": True, "platform": True,
        "type": "image/png", "zone": "Europe/Berlin", "time": True, "encoding": "UTF-8", "uuid": 36, "random": 16,
        "columns": True, "width": True,
    }  # fmt: skip


def test_an_ipython_shell_runs_cells(sealed):
    def work() -> list:
        from IPython.core.interactiveshell import InteractiveShell
        from IPython.utils.capture import capture_output

        shell = InteractiveShell.instance()
        with capture_output() as captured:
            results = [
                shell.run_cell("import torch\nx = torch.ones(3)\nx.sum()"),
                shell.run_cell("%%time\ny = 1"),
                shell.run_cell("await __import__('asyncio').sleep(0.01)"),
                shell.run_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2]);"),
                shell.run_cell("print('hello'); 1 / 0"),
            ]
        return [[result.success for result in results], "hello" in captured.stdout, float(shell.user_ns["x"].sum())]

    assert sealed(work).value == [[True, True, True, True, False], True, 3.0]


def test_a_crash_is_the_childs_alone(sealed):
    def crash() -> None:
        os.abort()

    def fine() -> int:
        return 1

    assert sealed(crash).code == -6
    assert sealed(fine).value == 1
