"""The gradebook's database: whether it can be reached, told before nbgrader tries."""

from __future__ import annotations

from typing import Any

from autograder.errors import AutograderError, missing_extra

_PATIENCE = 10


def check_database(url: str) -> None:
    """Make sure that a gradebook on a server can be reached; a file, nbgrader's default, needs no look.

    Args:
        url: nbgrader's ``CourseDirectory.db_url``, as SQLAlchemy reads it.

    Raises:
        AutograderError: if there is no driver for it, or nobody answers.
    """
    if not url or url.startswith("sqlite"):
        return
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

    try:
        address = make_url(url)
        options: dict[str, Any] = {}
        if address.get_backend_name() == "postgresql" and "connect_timeout" not in address.query:
            options["connect_timeout"] = _PATIENCE
        engine = create_engine(address, connect_args=options)
    except (ArgumentError, NoSuchModuleError):
        # Not quoted: what is no URL may still hold a password.
        raise AutograderError(
            "c.CourseDirectory.db_url in nbgrader_local.py is no address of a database: it looks like "
            "postgresql+psycopg://user:password@host/database."
        ) from None
    except ModuleNotFoundError as error:
        if address.get_driver_name() == "psycopg":
            raise missing_extra("A gradebook on PostgreSQL", "psycopg") from None
        raise AutograderError(
            f"The gradebook's db_url asks for the package {error.name}, which is not installed: begin it with "
            "postgresql+psycopg://."
        ) from None
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or error).strip().splitlines()
        raise AutograderError(
            f"The gradebook's database {address.render_as_string(hide_password=True)} cannot be reached "
            f"({said[0] if said else type(error).__name__}): start the server, or correct c.CourseDirectory.db_url in "
            "nbgrader_local.py."
        ) from error
    finally:
        engine.dispose()
