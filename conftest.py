"""Where nothing may be skipped (LLM_FROM_ZERO_NO_SKIPS=1, as in CI), a skipped test fails the run."""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest

# A test that can only mean something on another system says so with a reason that begins like this.
ALLOWED = ("not on this system",)


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
