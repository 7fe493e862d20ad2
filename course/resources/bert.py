"""``load_bert``: the pretrained BertModel and its tokenizer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from course.resources.registry import BERT, ResourceError
from course.resources.store import locate

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase


def load_bert(hub_id: str | None = None, **options: Any) -> "tuple[PreTrainedModel, PreTrainedTokenizerBase]":
    """A pretrained BERT and its tokenizer, on the CPU, in evaluation mode.

    Without a hub id this is a ``transformers.BertModel`` with 6 layers, 12 heads, width 384 and 30,522 WordPieces
    (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0). Its files are hash-checked and no hub is contacted.

    Args:
        hub_id: a model on the Hugging Face hub instead, e.g. ``"bert-base-uncased"``; this needs the network.
        **options: passed to the model's ``from_pretrained``, e.g. ``attn_implementation="eager"`` to get at the
            attention weights (``output_attentions=True`` in the call).

    Returns:
        ``(model, tokenizer)``; both carry ``.resource``, the record with licence, source and citation (None for a
        hub id).

    Raises:
        ResourceError: with one sentence that says what to do.

    Source: Devlin et al. 2019, Wang et al. 2020, Reimers & Gurevych 2019; ``resource("bert").citation``.
    """
    if hub_id is not None:
        return _from_hub(hub_id, options)
    folder = str(locate(BERT, tell=print))
    from transformers import AutoTokenizer, BertModel

    with no_progress_bars():
        model = BertModel.from_pretrained(folder, local_files_only=True, **options)
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    for part in (model, tokenizer):
        part.resource = BERT
    return model, tokenizer


def _from_hub(hub_id: str, options: dict[str, Any]) -> "tuple[PreTrainedModel, PreTrainedTokenizerBase]":
    from transformers import AutoModel, AutoTokenizer

    try:
        with no_progress_bars():
            model = AutoModel.from_pretrained(hub_id, **options)
            tokenizer = AutoTokenizer.from_pretrained(hub_id)
    except (OSError, ValueError) as problem:
        reason = next((line.strip() for line in str(problem).splitlines() if line.strip()), type(problem).__name__)
        raise ResourceError(
            f"The hub did not give {hub_id!r} ({reason}): check the id and the network, or call load_bert() "
            "for the one that is already here."
        ) from None
    for part in (model, tokenizer):
        part.resource = None
    return model.eval(), tokenizer


@contextmanager
def no_progress_bars() -> Iterator[None]:
    """A progress bar goes to stderr, and nbgrader scores a cell that writes there as 0."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
