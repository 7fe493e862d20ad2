"""Builds, proves, releases and grades the course: the instructor's side."""

import sys

# jsonschema, which nbformat imports, loads this package where there is one, and it then builds a grammar of
# internationalised addresses: 2.5 of the 3 seconds that every command took to start, for a format of strings that
# no notebook has. jsonschema does without it, as it does where the package is missing.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
