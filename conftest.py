"""How the tests are run: what no skip may hide, and what is shared out first among workers.

Where nothing may be skipped (LLM_FROM_ZERO_NO_SKIPS=1, as in CI), a skipped test fails the run. With several workers
(pytest-xdist) the tests of a file stay together, but for a few that take minutes each and share nothing: these go out
one by one, before all others, so that no worker is left with them in the end.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadFileScheduling

# A test that can only mean something on another system says so with a reason that begins like this.
ALLOWED = ("not on this system",)
# Files whose tests run whole lessons; the last lessons take longest.
LONG = ("tests/test_notebooks.py", "tests/autograder/classroom/test_every_lesson.py")


def skip_reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test was skipped, as its author put it."""
    where = report.longrepr
    text = where[2] if isinstance(where, tuple) else str(where)
    return text.removeprefix("Skipped: ").strip()


def forbidden_skips(reports: Iterable[pytest.TestReport | pytest.CollectReport]) -> list[str]:
    """``test: reason`` of every skip that is not allowed."""
    found = []
    for report in reports:
        reason = skip_reason(report)
        if not reason.startswith(ALLOWED) and not hasattr(report, "wasxfail"):
            found.append(f"{report.nodeid}: {reason}")
    return found


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("LLM_FROM_ZERO_NO_SKIPS") or hasattr(session.config, "workerinput"):
        return
    skips = forbidden_skips(reporter.stats.get("skipped", []))
    if skips and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    for skip in skips:
        reporter.write_line(f"skipped where nothing may be skipped: {skip}", red=True)


def file_of(nodeid: str) -> str:
    """The file of a test, as its id names it."""
    return nodeid.partition("::")[0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not hasattr(config, "workerinput"):
        return
    sizes = Counter(file_of(item.nodeid) for item in items)
    long = [item for item in items if file_of(item.nodeid) in LONG]
    rest = [item for item in items if file_of(item.nodeid) not in LONG]
    # Files of few tests last: they fill what is left.
    items[:] = [*reversed(long), *sorted(rest, key=lambda item: -sizes[file_of(item.nodeid)])]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class LongApart(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid if file_of(nodeid) in LONG else str(super()._split_scope(nodeid))

    config.option.loadscopereorder = False  # the order is that of pytest_collection_modifyitems
    scheduler: LoadFileScheduling = LongApart(config, log)
    return scheduler
