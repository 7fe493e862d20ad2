"""The folder that ``docker build`` takes: the service's modules, its packages with their versions, the weights.

An image holds what it needs and nothing else: no torch, no transformers, no notebooks, no compiler, no secrets.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from course.serving.onnx_model import INT8_FILE

#: Modules of ``course`` that the running service imports.
MODULES = (
    "__init__.py", "serving/__init__.py", "serving/__main__.py", "serving/application.py", "serving/batcher.py",
    "serving/body_limit.py", "serving/drift.py", "serving/metrics.py", "serving/onnx_model.py", "serving/packing.py",
    "serving/predictor.py", "serving/running.py", "serving/service.py",
)  # fmt: skip
#: Packages that it imports; pip brings theirs.
PACKAGES = (
    "fastapi", "numpy", "onnxruntime", "prometheus-client", "pydantic", "starlette", "tokenizers", "uvicorn",
)  # fmt: skip
MODEL_FILES = ("config.json", "tokenizer.json", "VERSION", INT8_FILE, "reference.json")
_OPTIONAL = ("reference.json",)
_HERE = Path(__file__).resolve().parent


def requirements() -> str:
    """``requirements.txt``: the versions that are installed here, and were tested."""
    return "".join(f"{name}=={version(name)}\n" for name in PACKAGES)


def write_context(model: str | Path, target: str | Path) -> Path:
    """Write the build context: ``Dockerfile``, ``.dockerignore``, ``requirements.txt``, ``course/``, ``model/``.

    Args:
        model: a folder that :func:`course.serving.export.export_folder` wrote.
        target: must not exist; it becomes visible by one rename.

    Raises:
        FileNotFoundError: if a file of the model is not there.
        ValueError: if ``target`` exists.
    """
    source, place = Path(model), Path(target)
    if place.exists():
        raise ValueError(f"{place} exists: name a folder that is not there yet.")
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".container-", dir=place.parent, ignore_cleanup_errors=True) as name:
        scratch = Path(name) / "context"
        for module in MODULES:
            _copy(_HERE.parent / module, scratch / "course" / module)
        for file in MODEL_FILES:
            if (source / file).is_file() or file not in _OPTIONAL:
                _copy(source / file, scratch / "model" / file)
        for file in ("Dockerfile", "kubernetes.yaml"):
            _copy(_HERE / file, scratch / file)
        (scratch / ".dockerignore").write_text("kubernetes.yaml\n**/__pycache__\n", encoding="utf-8")
        (scratch / "requirements.txt").write_text(requirements(), encoding="utf-8")
        os.replace(scratch, place)
    return place


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise FileNotFoundError(f"{source} is not there: `python -m course.serving export` makes such a folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
