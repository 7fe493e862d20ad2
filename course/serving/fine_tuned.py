"""The model that lesson 8 saved, called like one of transformers.

A folder that :func:`course.classifier_folder.save_classifier` wrote holds more than weights: the length to which texts
were cut in training, and the temperature by which logits are divided before softmax (Guo et al., 2017). Both belong to
the answer, so neither is left to whoever calls: the logits here are divided already, wherever they are turned into
probabilities (torch, ONNX, a learner's predictor), and ``max_length`` is what the course's predictors read if nobody
says otherwise.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from torch import Tensor, nn

from course.classifier_folder import FolderError, MeanPoolingClassifier, load_classifier
from course.serving.predictor import MAX_LENGTH

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


class FineTunedClassifier(nn.Module):
    """A :class:`~course.classifier_folder.MeanPoolingClassifier` with the manners of a transformers classifier.

    ``model(**inputs).logits`` and ``model(**inputs)[0]`` are the logits (batch, labels), divided by the temperature;
    ``model.config`` is the encoder's configuration with ``id2label`` (whole numbers to names); ``model.bert`` is the
    encoder, under the name that it has in ``BertForSequenceClassification``.

    Args:
        classifier: encoder and head, whose weights are shared.
        max_length: tokens to which texts were cut in training.
        temperature: above 0.
    """

    def __init__(
        self, classifier: MeanPoolingClassifier, *, max_length: int = MAX_LENGTH, temperature: float = 1.0
    ) -> None:
        super().__init__()
        self.classifier = classifier
        self.max_length, self.temperature = max_length, temperature
        encoder: Any = classifier.encoder
        self.config = copy.deepcopy(encoder.config)
        self.config.id2label = dict(enumerate(classifier.labels))
        self.config.label2id = {label: number for number, label in enumerate(classifier.labels)}

    @property
    def bert(self) -> Any:
        """The encoder."""
        return self.classifier.encoder

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor | None = None, token_type_ids: Tensor | None = None
    ) -> Any:
        """``SequenceClassifierOutput`` with ``logits`` (batch, labels).

        Args:
            input_ids: (batch, length).
            attention_mask: (batch, length), 1 for a token and 0 for padding; all tokens if left out.
            token_type_ids: all 0, as for single texts; read by nobody.
        """
        from transformers.modeling_outputs import SequenceClassifierOutput

        mask = input_ids.new_ones(input_ids.shape) if attention_mask is None else attention_mask
        logits = self.classifier(input_ids, mask) / self.temperature
        return SequenceClassifierOutput(logits=logits)


def load_fine_tuned(folder: str | Path) -> tuple[FineTunedClassifier, PreTrainedTokenizerBase]:
    """Model and tokenizer of *one* folder that ``save_classifier`` wrote, in evaluation mode; nothing is fetched.

    Raises:
        FolderError: a ValueError with one sentence: a file is missing or damaged, of another kind, or does not fit.
    """
    from safetensors import SafetensorError

    place = Path(folder)
    try:
        classifier, tokenizer = load_classifier(place)
        config = json.loads((place / "config.json").read_text(encoding="utf-8"))
        max_length, temperature = int(config.get("max_length", MAX_LENGTH)), float(config.get("temperature", 1.0))
        words, positions = int(config["vocab_size"]), int(config["max_position_embeddings"])
    except FolderError:
        raise
    except (OSError, ValueError, TypeError, KeyError, AttributeError, SafetensorError) as problem:
        said = (str(problem).strip().splitlines() or [""])[0]
        raise FolderError(f"{place} cannot be read ({type(problem).__name__}: {said})") from problem
    if not (place / "tokenizer.json").is_file():
        raise FolderError(f"{place} holds no saved classifier: tokenizer.json is missing")
    if not 2 < max_length <= positions or not temperature > 0:
        raise FolderError(f"{place}: max_length {max_length} or temperature {temperature} cannot be meant")
    if len(tokenizer) > words:
        raise FolderError(f"{place}: the tokenizer knows {len(tokenizer)} tokens, and the model {words}")
    return FineTunedClassifier(classifier, max_length=max_length, temperature=temperature).eval(), tokenizer
