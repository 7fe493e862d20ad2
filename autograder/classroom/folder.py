"""A classroom: the folder of one nbgrader course, and the lessons that fill it."""

from __future__ import annotations

import logging
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.errors import AutograderError

if TYPE_CHECKING:
    from nbgrader.apps.api import NbGraderAPI

REPOSITORY = Path(__file__).resolve().parents[2]
_LESSON = re.compile(r"\d\d_[a-z0-9_]+")
_FOLDERS = (
    "source", "release", "submitted", "autograded", "feedback", "received", "keys", "releases", "exchange",
)  # fmt: skip


@dataclass(frozen=True)
class Content:
    """The built lessons of a checkout."""

    root: Path = REPOSITORY

    def solution(self, lesson: str) -> Path:
        """The executed solution notebook."""
        return self.root / "solutions" / lesson / f"{lesson}.ipynb"

    def keys(self, lesson: str) -> Path:
        """The folder of hidden keys."""
        return self.root / "solutions" / lesson / "key"

    def release(self, lesson: str) -> Path:
        """The student release."""
        return self.root / "course" / lesson / f"{lesson}.ipynb"

    def lessons(self) -> list[str]:
        """The lessons that are built."""
        found = sorted(path.parent.name for path in (self.root / "solutions").glob("[0-9][0-9]_*/*.ipynb"))
        return [name for name in dict.fromkeys(found) if self.solution(name).is_file() and self.release(name).is_file()]

    def lesson(self, asked: str) -> str:
        """The lesson of a name; ``05`` is enough for ``05_attention``.

        Raises:
            AutograderError: if no built lesson has it.
        """
        known = self.lessons()
        asked = asked.strip().rstrip("/")
        for name in known:
            if asked in (name, name.split("_")[0]):
                return name
        which = f"The lessons are: {', '.join(known)}." if known else "None is built yet: run `autograder build`."
        raise AutograderError(f"There is no built lesson {asked!r}. {which}")


@dataclass(frozen=True)
class Classroom:
    """A classroom folder; :meth:`prepare` makes it."""

    root: Path

    def prepare(self) -> Classroom:
        """Make the folder and its parts, as far as they are missing, and write its nbgrader configuration."""
        from autograder.classroom.settings import CODE, CONFIG_FILE

        try:
            if not self.root.exists():
                # What students hand in, and what they earn, is nobody else's on a shared machine.
                self.root.mkdir(parents=True, mode=0o700)
            for name in _FOLDERS:
                (self.root / name).mkdir(exist_ok=True)
            text = CONFIG_FILE.format(code=str(CODE))
            if not self.config_file.is_file() or self.config_file.read_text(encoding="utf-8") != text:
                self.config_file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise AutograderError(
                f"The classroom folder {self.root} cannot be made or written ({error.strerror}): choose another with "
                "--classroom."
            ) from error
        return self

    @property
    def config_file(self) -> Path:
        """nbgrader's configuration."""
        return self.root / "nbgrader_config.py"

    def source(self, lesson: str) -> Path:
        """The instructor's version of a lesson."""
        return self.root / "source" / lesson / f"{lesson}.ipynb"

    def release(self, lesson: str) -> Path:
        """The learners' version of a lesson."""
        return self.root / "release" / lesson / f"{lesson}.ipynb"

    def older_releases(self, lesson: str) -> Path:
        """The folder of all releases of a lesson that this classroom has had."""
        return self.root / "releases" / lesson

    def keys(self, lesson: str) -> Path:
        """The folder of a lesson's hidden keys."""
        return self.root / "keys" / lesson

    def submitted(self, student: str, lesson: str) -> Path:
        """The folder of a submission as it came."""
        return self.root / "submitted" / student / lesson

    def autograded(self, student: str, lesson: str) -> Path:
        """The folder of a submission after grading."""
        return self.root / "autograded" / student / lesson

    def feedback(self, student: str, lesson: str) -> Path:
        """The folder of what a student reads."""
        return self.root / "feedback" / student / lesson

    def received(self, lesson: str) -> Path:
        """The folder of originals."""
        return self.root / "received" / lesson

    def students(self, lesson: str) -> list[str]:
        """Everybody who has handed in a lesson."""
        return sorted(path.parent.name for path in (self.root / "submitted").glob(f"*/{lesson}") if path.is_dir())

    def released_lessons(self) -> list[str]:
        """The lessons that this classroom has."""
        return sorted(path.name for path in (self.root / "release").glob("*") if self.release(path.name).is_file())

    def lesson(self, asked: str) -> str:
        """The released lesson of a name; ``05`` is enough for ``05_attention``.

        Raises:
            AutograderError: if this classroom has not released it.
        """
        asked = asked.strip().rstrip("/")
        for name in self.released_lessons():
            if asked in (name, name.split("_")[0]):
                return name
        raise AutograderError(
            f"Lesson {asked!r} is not released in the classroom {self.root}: run `autograder release {asked}` first."
        )

    def api(self) -> NbGraderAPI:
        """nbgrader, configured for this folder as ``nbgrader_config.py`` says.

        Raises:
            AutograderError: if its settings cannot be read, or its gradebook lies on a server that is not there.
        """
        from nbgrader.apps.api import NbGraderAPI
        from traitlets.config import PyFileConfigLoader

        from autograder.classroom.database import check_database

        quiet_nbgrader()
        try:
            config = PyFileConfigLoader(self.config_file.name, path=str(self.root)).load_config()
        except Exception as error:
            raise AutograderError(
                f"The settings in {self.root} cannot be read ({type(error).__name__}: {error}): "
                "look at nbgrader_local.py."
            ) from error
        api = NbGraderAPI(config=config, log_level=logging.ERROR)
        check_database(api.coursedir.db_url)
        return api

    def gradebook(self) -> Any:
        """The gradebook, to be used in a ``with`` block."""
        api = self.api()
        return api.gradebook


def quiet_nbgrader() -> None:
    """Keep nbgrader's log off the screen: what it says of a submission is gathered by :func:`last_words` instead."""
    for name in ("traitlets", "alembic"):
        logger = logging.getLogger(name)
        logger.propagate = False
        if not any(isinstance(handler, logging.NullHandler) for handler in logger.handlers):
            logger.addHandler(logging.NullHandler())
    # nbgrader 0.9.6 relates objects before it adds them; SQLAlchemy 2.1 remarks on it for every submission.
    warnings.filterwarnings("ignore", message="Object of type <Submitted")


def last_words(result: dict[str, Any]) -> str:
    """What an nbgrader call that failed said last."""
    lines = [line.strip() for line in str(result.get("log", "")).splitlines()]
    told = [line.removeprefix("[ERROR]").strip() for line in lines if line.startswith("[ERROR]")]
    raised = [
        line
        for line in lines + str(result.get("error", "")).splitlines()
        if re.match(r"^[\w.]+(?:Error|Exception)\b", line)
    ]
    return (raised or told or ["nbgrader gave no reason"])[-1 if not raised else 0][:500]


def is_lesson_name(name: str) -> bool:
    """Whether a name has the form ``NN_topic``."""
    return _LESSON.fullmatch(name) is not None
