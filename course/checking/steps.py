"""The steps by which a case exercises an answer: a small language of calls, kept as plain data.

A case must reach three places unchanged: the visible key that ships with a release, the sandbox that observes a
submission, and the contract that an instructor writes. Code could not (it would carry the solution along, or have to be
trusted); a list of steps can. Each step acts on the *subject*, which is at first the learner's answer itself.

====================  =============================================================  =================================
step                  what it does                                                   what is observed
====================  =============================================================  =================================
``call(*a, **k)``     ``subject(*a, **k)``                                           the value returned
``new(*a, **k)``      the subject becomes ``subject(*a, **k)``                       nothing
``method(n, *a)``     ``subject.n(*a, **k)``                                         the value returned
``attribute(n)``      ``subject.n`` (dots allowed: ``"w_query.weight.shape"``)       the value
``load(state)``       ``subject.load_state_dict(state)``, strict                     nothing
``shapes()``          the shapes of ``subject.named_parameters()``                   ``{name: [shape]}``
``mode(n)``           ``subject.eval()`` or ``subject.train()``                      nothing
``gradient(*a)``      sums the first tensor that ``subject(*a)`` returns and         gradients of ``a``, floating
                      differentiates                                                 arguments only
``elsewhere(p, *a)``  calls a library function by its dotted path                    the value returned
``installed(d)``      makes distributions ``{name: version}`` visible to             nothing
                      ``importlib.metadata`` while the case runs
``sweep(p, *q)``      ``subject(item, *rest)`` for every item of a large input that  ``{"calls", "digests"}``: how
                      installed resources hold; ``p`` and ``q`` are dotted paths of  many, and a digest for each
                      functions that give the items and the rest                     thousand results
``through(p, *a)``    ``p(subject, *a)``, ``p`` a dotted path of a function: for     the value returned
                      answers that take what is no plain data, such as a model
====================  =============================================================  =================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """One step of a case: an operation, the name it needs (if any), and its arguments."""

    op: str
    name: str = ""
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)


def call(*args: Any, **kwargs: Any) -> Step:
    """Call the subject and observe what it returns."""
    return Step("call", args=args, kwargs=kwargs)


def new(*args: Any, **kwargs: Any) -> Step:
    """Make an object of the subject (a class); later steps act on that object."""
    return Step("new", args=args, kwargs=kwargs)


def method(name: str, *args: Any, **kwargs: Any) -> Step:
    """Call a method of the subject and observe what it returns."""
    return Step("method", name, args, kwargs)


def attribute(name: str) -> Step:
    """Observe an attribute of the subject; dots lead on (``"w_query.bias"``)."""
    return Step("attribute", name)


def load(state: Mapping[str, Any]) -> Step:
    """Load ``{parameter name: tensor}`` into the subject, an ``nn.Module``, strictly."""
    return Step("load", args=(dict(state),))


def shapes() -> Step:
    """Observe the names and shapes of the subject's parameters."""
    return Step("shapes")


def mode(name: str) -> Step:
    """Put the subject, an ``nn.Module``, into ``"eval"`` or ``"train"`` mode."""
    if name not in ("eval", "train"):
        raise ValueError(f"mode is 'eval' or 'train', not {name!r}")
    return Step("mode", name)


def gradient(*args: Any, **kwargs: Any) -> Step:
    """Observe the gradients of the sum of the first tensor returned, one for each floating-point argument."""
    return Step("gradient", args=args, kwargs=kwargs)


def elsewhere(path: str, *args: Any, **kwargs: Any) -> Step:
    """Call a library function, e.g. ``elsewhere("torch.rand", 3)``, to see what the answer left behind."""
    return Step("elsewhere", path, args, kwargs)


def installed(distributions: Mapping[str, str]) -> Step:
    """Pretend, while the case runs, that these distributions ``{name: version}`` are installed."""
    return Step("installed", args=(dict(distributions),))


def sweep(items: str, *rest: str) -> Step:
    """Call the subject once for each of many items, and observe digests of what it returns.

    For inputs that every machine has and no key should carry, such as all reviews: the case names the function that
    gives them. A tuple counts as a list, as it does for a judge. A sweep may take longer than the time limit of its
    exercise (see :data:`course.checking.observe.SWEEP_LIMIT`), so keep its case hidden: a learner should not wait.

    Args:
        items: dotted path of a function without arguments that gives a list; each item is a first argument.
        rest: dotted paths of functions without arguments; each gives one further argument, the same in every call.
    """
    return Step("sweep", items, args=rest)


def through(path: str, *args: Any, **kwargs: Any) -> Step:
    """Hand the subject to a function by its dotted path, ``path(subject, *args, **kwargs)``, and observe its result.

    For answers that take what is no plain data, such as a model and an optimizer: the function makes them.
    """
    return Step("through", path, args, kwargs)
