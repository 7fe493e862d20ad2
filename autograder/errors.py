"""What an instructor did that cannot be carried out, in one sentence."""

from __future__ import annotations


class AutograderError(Exception):
    """Shown as its message alone, without a traceback; the message says what to do."""
