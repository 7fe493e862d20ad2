"""Data that lessons share: a corpus with planted faults, and the way from rated reviews to a training set.

>>> from course.data import FAULT_KINDS, plant_faults, prepare
>>> corpus = plant_faults(seed=1)                    # corpus.rows, corpus.truth       # doctest: +SKIP
>>> prepared = prepare(corpus.rows)                  # prepared.train, prepared.test   # doctest: +SKIP

Importing this package loads neither datasets nor scikit-learn nor datasketch; the functions do when they are called.
"""

from course.data.corrupter import FAULT_KINDS, PlantedCorpus, Row, corrupt, labelled_reviews, plant_faults
from course.data.languages import guess_language
from course.data.pipeline import Prepared, prepare
from course.data.sentiment import LabelledReview, Split, sentiment_split

__all__ = [
    "FAULT_KINDS", "LabelledReview", "PlantedCorpus", "Prepared", "Row", "Split", "corrupt", "guess_language",
    "labelled_reviews", "plant_faults", "prepare", "sentiment_split",
]  # fmt: skip
