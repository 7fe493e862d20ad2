"""The last step of nbgrader's ``generate_assignment`` as a classroom uses it."""

from __future__ import annotations

import hashlib
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.build.notebook import LANGUAGE


class FinishRelease(NbGraderPreprocessor):
    """Take off what running the solution left behind, and put on the lesson's name and the release's fingerprint."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Finish one notebook."""
        nb.metadata.pop("widgets", None)
        # The kernel that ran the solution wrote its own version there.
        nb.metadata["language_info"] = dict(LANGUAGE)
        for cell in nb.cells:
            cell.metadata.pop("execution", None)
            if cell.cell_type == "code":
                cell["execution_count"] = None
        content = "\0".join(f"{cell.id}\0{cell.source}" for cell in nb.cells)
        release = hashlib.sha256(content.encode()).hexdigest()[:12]
        nb.metadata["course"] = {"lesson": resources["nbgrader"]["assignment"], "release": release}
        return nb, resources
