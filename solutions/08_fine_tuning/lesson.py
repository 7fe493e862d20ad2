# %% [markdown]
# # 8 · Fine-tuning
#
# (skeleton: what part 2 may build on)

# %% setup=true
import math
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from course import check, hint
from course.data import sentiment_split
from course.resources import load_bert

# %% [markdown]
# ## 1 · The task, and what must be beaten
#
# `reviews = sentiment_split("movies")`: `.train` 6527, `.validation` 1506, `.test` 2008 rows {text, label, rating, ratings},
# each in random order. `labels = ["negative", "positive"]`. Baseline: TF-IDF + logistic regression, `baseline` is the sklearn pipeline
# fitted on `train_rows`.
#
# ## 2 · Batches: collate, length_batches
#
# `tokenizer = load_bert()[1]`; `encode(rows) -> list[{"input_ids": list[int], "label": int}]` (max_length 64);
# `collate(examples, pad_id=0) -> {"input_ids", "attention_mask", "labels"}` int64; `length_batches(lengths, batch_size, seed) -> list[list[int]]`
#
# ## 3 · The model: SentimentClassifier(encoder, num_labels=2, dropout=0.1), .encoder, .head; forward(input_ids, attention_mask) -> logits
#
# ## 4 · The optimizer: parameter_groups(model, weight_decay), learning_rate_factor(step, warmup_steps, total_steps)
#
# ## 5 · The loop: training_step, train_epoch, `predict(model, examples) -> logits (n, 2)` (eval mode, order kept); the same through Trainer; bfloat16
#
# ## 6 · A run: Checkpoint, early stopping, learning-rate sweep on the validation set, the full run -> `model` (trained SentimentClassifier, eval mode),
# `train_examples`, `validation_examples`; `class InBfloat16(nn.Module)` wraps a model in autocast
#
# ## 7-11: part 2. Nothing has touched `reviews.test` before section 7.
