"""The committed settings of JupyterLab, PyCharm and CI say what the installed programs understand."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import xml.etree.ElementTree
from pathlib import Path

import pytest

from bootstrap import cli

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "setup" / "jupyter"
SHARE = Path(sys.prefix) / "share" / "jupyter"


def page_config(folder: Path) -> dict[str, bool]:
    disabled: dict[str, bool] = json.loads((folder / "labconfig" / "page_config.json").read_text())[
        "disabledExtensions"
    ]
    return disabled


def extensions(folder: Path) -> dict[str, bool]:
    data = json.loads((folder / "jupyter_server_config.json").read_text())
    found: dict[str, bool] = data["ServerApp"]["jpserver_extensions"]
    return found


def test_overrides_are_settings_that_lab_has() -> None:
    overrides = json.loads((SETTINGS / "labconfig" / "default_setting_overrides.json").read_text())
    for plugin, values in overrides.items():
        package, name = plugin.split(":")
        schema = json.loads((SHARE / "lab" / "schemas" / package / f"{name}.json").read_text())
        assert values.keys() <= schema["properties"].keys(), plugin
    assert overrides["@jupyterlab/apputils-extension:notification"] == {"checkForUpdates": False, "fetchNews": "false"}


def test_what_is_hidden_exists() -> None:
    bundles = "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for name in ("@jupyter/nbgrader", "jupyterlab-jupytext")
        for path in (SHARE / "labextensions" / name / "static").glob("*.js")
    )
    for plugin in page_config(SETTINGS / "learner"):
        if not plugin.startswith("@jupyterlab/"):
            assert plugin in bundles, plugin


def test_a_learner_keeps_the_validate_button() -> None:
    hidden = page_config(SETTINGS / "learner")
    assert "@jupyter/nbgrader:validate-assignment" not in hidden
    assert "@jupyter/nbgrader:formgrader" in hidden
    assert extensions(SETTINGS / "learner").get("nbgrader.server_extensions.validate_assignment") is not False
    assert page_config(SETTINGS).items() <= hidden.items()
    assert extensions(SETTINGS).items() <= extensions(SETTINGS / "learner").items()


def test_an_instructor_keeps_formgrader() -> None:
    assert not [name for name in (*page_config(SETTINGS), *extensions(SETTINGS)) if "nbgrader" in name]


def test_jupyter_reads_these_settings(tmp_path: Path) -> None:
    """Asked in the way the server asks: learner's settings before shared ones before those of the environment."""
    code = (
        "import json\n"
        "from jupyter_server.serverapp import ServerApp\n"
        "from jupyterlab_server.config import get_page_config\n"
        "app = ServerApp()\n"
        "app.load_config_file()\n"
        "from jupyter_core.paths import jupyter_path\n"
        "page = get_page_config(jupyter_path('labextensions'))\n"
        "print(json.dumps([app.config['ServerApp']['jpserver_extensions'], page['disabledExtensions']]))\n"
    )
    variables = {
        **os.environ,
        "JUPYTER_CONFIG_PATH": f"{SETTINGS / 'learner'}{os.pathsep}{SETTINGS}",
        "JUPYTER_CONFIG_DIR": str(tmp_path),
    }
    done = subprocess.run([sys.executable, "-c", code], env=variables, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    server, disabled = json.loads(done.stdout.splitlines()[-1])
    assert server["nbgrader.server_extensions.formgrader"] is False
    assert "@jupyter/nbgrader:formgrader" in str(disabled)


@pytest.mark.parametrize("name", ["lab", "test", "doctor"])
def test_pycharm_run_configurations(name: str) -> None:
    root = xml.etree.ElementTree.parse(ROOT / ".run" / f"{name}.run.xml").getroot()
    [configuration] = root
    options = {option.get("name"): option.get("value") for option in configuration.iter("option")}
    assert configuration.get("name") == name
    assert options["SCRIPT_NAME"] == "$PROJECT_DIR$/setup/run.py"
    assert options["PARAMETERS"] == name
    assert options["IS_MODULE_SDK"] == "true"
    assert name in cli.parser().format_help()


def test_ci_runs_the_readme_command() -> None:
    script = ROOT / ".ci" / "run"
    assert "python3 setup/run.py test" in script.read_text()
    assert script.stat().st_mode & stat.S_IXUSR or os.name == "nt"


def test_the_guides_name_files_and_commands_that_exist() -> None:
    commands = cli.parser().format_help()
    for page in (ROOT / "setup" / "README.md", ROOT / "setup" / "pycharm.md"):
        text = page.read_text(encoding="utf-8")
        for command in re.findall(r"setup/run\.py ([a-z]+)", text):
            assert re.search(rf"^    {command}\b", commands, flags=re.MULTILINE), (page.name, command)
        for path in re.findall(r"^\| `([^`*]+)`", text, flags=re.MULTILINE):
            if re.search(r"\.\w+$|/$", path):
                assert (ROOT / "setup" / path).exists(), path
