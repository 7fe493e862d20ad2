"""Which layers there are, and the sentence where one is missing."""

from __future__ import annotations

import sys

import pytest

from autograder import sandbox
from autograder.errors import AutograderError
from autograder.sandbox import layers

ALL = dict.fromkeys((*layers.LAYERS, *layers.OPTIONAL), "")


def test_every_layer_is_told_about():
    found = sandbox.available()
    assert list(found) == [*sandbox.LAYERS, "namespaces"]
    assert all(isinstance(reason, str) for reason in found.values())


@pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")
def test_nothing_is_missing_where_the_tests_run():
    """The rest of these tests would prove little on a host that lacks a layer."""
    assert {layer: reason for layer, reason in sandbox.available().items() if layer in sandbox.LAYERS and reason} == {}
    assert sandbox.require()[:5] == sandbox.LAYERS


@pytest.mark.parametrize("layer", sandbox.LAYERS)
def test_a_missing_layer_is_refused_in_one_sentence(monkeypatch, layer):
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(sandbox.SandboxRefusal) as refusal:
        sandbox.require(found={**ALL, layer: "this kernel lacks it"})
    text = str(refusal.value)
    assert text.startswith(f"This host lacks the sandbox layer {layer}, which ")
    assert "this kernel lacks it" in text
    assert text.endswith(f"add --accept-risk {layer}.")
    assert "\n" not in text
    assert text.count(". ") == 1  # what is, and what to do
    assert isinstance(refusal.value, AutograderError)


@pytest.mark.parametrize("layer", sandbox.LAYERS)
def test_an_accepted_layer_is_left_out_and_the_rest_stays(monkeypatch, layer):
    monkeypatch.setattr(sys, "platform", "linux")
    rest = sandbox.require([layer], {**ALL, layer: "gone"})
    assert rest == tuple(name for name in (*sandbox.LAYERS, "namespaces") if name != layer)
    assert sandbox.require([layer], ALL) == (*sandbox.LAYERS, "namespaces"), "what is there is used all the same"


def test_several_missing_layers_are_named_together(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    found = {**ALL, "landlock": "too old", "seccomp": "no library"}
    with pytest.raises(sandbox.SandboxRefusal, match=r"too old \(also missing: seccomp\)") as refusal:
        sandbox.require(found=found)
    assert str(refusal.value).endswith("add --accept-risk landlock --accept-risk seccomp.")
    with pytest.raises(sandbox.SandboxRefusal, match="layer seccomp"):
        sandbox.require(["landlock"], found)
    assert "landlock" not in sandbox.require(["landlock", "seccomp"], found)


def test_namespaces_are_never_demanded(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    assert sandbox.require(found={**ALL, "namespaces": "not permitted"}) == sandbox.LAYERS


def test_an_unknown_layer_is_an_error():
    with pytest.raises(AutograderError, match="--accept-risk firewall names no layer of the sandbox"):
        sandbox.require(["firewall"], ALL)


@pytest.mark.parametrize(("platform", "name"), [("darwin", "macOS"), ("win32", "Windows")])
def test_other_systems_get_the_container(monkeypatch, platform, name):
    monkeypatch.setattr(sys, "platform", platform)
    found = sandbox.available()
    assert set(found.values()) == {"it exists on Linux only"}
    for accepted in ([], list(sandbox.LAYERS)):
        with pytest.raises(sandbox.SandboxRefusal) as refusal:
            sandbox.require(accepted, found)
        assert f"not graded on {name}" in str(refusal.value)
        assert "docker run" in str(refusal.value)
        assert "libseccomp2" in str(refusal.value)


def test_importing_the_package_needs_nothing_of_linux():
    import subprocess

    script = (
        "import sys\n"
        "for name in ('landlockpy', 'pyseccomp', 'resource', 'fcntl', 'torch'): sys.modules[name] = None\n"
        "import autograder.sandbox as s\n"
        "sys.platform = 'win32'\n"
        "print(len(s.available()))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("6", "")
