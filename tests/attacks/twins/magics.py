"""Magics and shell lines, of which some cannot work where a submission is graded."""

from tests.attacks.attack import Attack, Notebook

SOURCES = (
    "%%time\ntotal = sum(range(100))",
    "%timeit -n 10 -r 2 sum(range(100))",
    "%matplotlib inline",
    "%load_ext autoreload\n%autoreload 2",
    "!pip install torch",
    "%pip install numpy",
    "!nvidia-smi",
    "files = !ls",
    "row_softmax?",
    "%config InlineBackend.figure_format = 'svg'",
    "%%capture caught\nprint('hidden')",
    "%%writefile note.txt\nhello",
    "%env",
    "%%bash\nls",
    "%whos",
    "import asyncio\nawait asyncio.sleep(0.01)",
)


def build(notebook: Notebook) -> None:
    """Make the submission."""
    for source in SOURCES:
        notebook.own(source, before="check-row-softmax")


ATTACK = Attack("magics, shell lines and await in cells", build)
