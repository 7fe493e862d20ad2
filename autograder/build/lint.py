"""Looking for what the pinned libraries no longer have, in code and in prose."""

from __future__ import annotations

import ast
import re

from autograder.build.source import SourceCell
from autograder.contract import ContractError

#: What tutorials still say, and what to say instead. A line that names such a thing in order to warn of it carries the
#: word "removed" or "gone".
RETIRED = {
    r"\btransformers(?:\.| import .*\b)AdamW\b": "transformers has no AdamW any more: use torch.optim.AdamW",
    r"\bevaluation_strategy\b": "the argument is eval_strategy now",
    r"\bload_metric\b": "datasets has no load_metric any more: use the evaluate package or compute the metric",
    r"\bTrainer\(.*\btokenizer\s*=": "Trainer takes processing_class now",
    r"\btorch\.range\(": "use torch.arange",
    r"\bnp\.float\b(?!\d)": "use float or np.float64",
    r"\bprepare_seq2seq_batch\b|\bencode_plus\b|\bbatch_encode_plus\b": "call the tokenizer itself",
    r"\btrust_remote_code\b": "datasets runs no scripts any more",
    r"\btorch\.cuda\.amp\.autocast\b": "use torch.autocast",
    r"\bxrange\b|\bos\.popen\b": "Python 2 is long gone",
}
_EXCUSED = re.compile(r"\b(?:removed|gone)\b", re.I)


def lint(cells: list[SourceCell], lesson: str) -> None:
    """Compile every code cell and look for retired names in code and prose.

    Raises:
        ContractError: with the cell's line.
    """
    for cell in cells:
        if cell.kind == "code":
            try:
                ast.parse(cell.source)
            except SyntaxError as error:
                raise ContractError(f"{lesson}: a code cell does not compile: {error.msg}: {error.text!r}") from error
        for line in cell.source.splitlines():
            for pattern, instead in RETIRED.items():
                if re.search(pattern, line) and not _EXCUSED.search(line):
                    raise ContractError(f"{lesson}: {line.strip()!r}: {instead}.")
