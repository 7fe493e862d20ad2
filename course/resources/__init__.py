"""Real BERT weights and real reviews by name, hash-checked, without a network after set-up.

>>> from course.resources import load_bert, load_reviews, resource
>>> model, tokenizer = load_bert()                  # transformers.BertModel and its tokenizer   # doctest: +SKIP
>>> reviews = load_reviews("movies")                # datasets.Dataset                           # doctest: +SKIP
>>> resource("bert").licence
'Apache-2.0'

Importing this package loads neither torch nor transformers nor datasets; the loaders do when they are called.
"""

from course.resources.bert import load_bert
from course.resources.inputs import all_review_texts, all_review_words, bert_vocabulary
from course.resources.registry import RESOURCES, Resource, ResourceError, resource
from course.resources.reviews import DOMAINS, load_reviews
from course.resources.sentiment import load_sentiment
from course.resources.store import cache_directory, locate

__all__ = [
    "DOMAINS",
    "RESOURCES",
    "Resource",
    "ResourceError",
    "all_review_texts",
    "all_review_words",
    "bert_vocabulary",
    "cache_directory",
    "load_bert",
    "load_reviews",
    "load_sentiment",
    "locate",
    "resource",
]
