"""The contract of lesson 8's second half: measuring a model, calibrating it, LoRA, and the hidden test."""

# Edits quote lines of the solution whole:
# ruff: noqa: E501

from __future__ import annotations

import torch
from torch import Tensor

from autograder.contract import Alternative, Exercise, Misconception, call, case, scored_case, through
from course.data import sentiment_split
from course.data.films import film_snippets


def _numbers(*shape: int, seed: int, scale: float = 1.0) -> Tensor:
    return (torch.randn(*shape, generator=torch.Generator().manual_seed(seed)) * scale).round(decimals=2)


def _places(draws: int, size: int, n: int, seed: int) -> Tensor:
    return torch.randint(n, (draws, size), generator=torch.Generator().manual_seed(seed))


# ----------------------------------------------------------------------------------------------------- confusion_matrix
_COUNT = "matrix[right, answer] += 1"
_ZEROS = "torch.zeros(num_labels, num_labels, dtype=torch.int64)"
_MATRIX_RETURN = "    return matrix\n"
CONFUSION = Exercise(
    name="confusion_matrix",
    title="The confusion matrix",
    points=1,
    difficulty=1,
    minutes=10,
    hints=(
        "Begin with a square table of zeros. Each example adds one to one place of it.",
        "Which place: the row is what is true, the column is what was predicted.",
        "Walk through both lists at once with `zip`. The size of the table is num_labels, whichever classes occur, and two lists of different lengths are an error.",
    ),
    cases=(
        case("the example by hand", call([1, 1, 0, 0, 0], [1, 0, 0, 0, 1], 2)),
        case("three classes", call([0, 1, 2, 2, 1, 0, 2], [0, 2, 2, 1, 2, 1, 2], 3)),
        case("a class that never occurs", call([0, 0, 2], [2, 0, 2], 4)),
        case("no examples", call([], [], 2)),
        case("lists of different lengths", call([1, 0, 1], [1, 0], 2), note="Two lists of different lengths raise a ValueError."),
        case("five classes, many examples", call([n * n % 5 for n in range(60)], [n * 3 % 5 for n in range(60)], 5), hidden=True),
        case("all of one class", call([1] * 7, [1] * 7, 2), hidden=True),
        case("predictions longer than the truth", call([0], [0, 1], 2), hidden=True),
        case("one class alone", call([0, 0], [0, 0], 1), hidden=True),
    ),
    misconceptions=(
        Misconception("turned_round", "Rows and columns have changed places: in your table the predictions are in the rows. The docstring puts the truth there.", 0.5, edits={_COUNT: "matrix[answer, right] += 1"}),
        Misconception("only_right_ones", "Your table counts on its diagonal alone, so the errors are missing. Every example counts, the wrong ones too.", 0.25, edits={_COUNT: "matrix[right, answer] += int(right == answer)"}),
        Misconception("only_errors", "The diagonal of your table is empty: only the errors were counted. The right answers belong there.", 0.25, edits={_COUNT: "matrix[right, answer] += int(right != answer)"}),
        Misconception("set_instead_of_added", "There is nothing above 1 in your table: a pair that comes several times counts once. Either the second overwrites the first, or all are added in one go by indexing with lists, which adds to each place only once.", 0.5, edits={_COUNT: "matrix[right, answer] = 1"}),
        Misconception("shares", "All numbers of your table together make 1: these are shares of all examples. Counts are asked for.", 0.25, edits={_MATRIX_RETURN: "    return matrix / max(len(truth), 1)\n"}),
        Misconception("rows_normalised", "Each row of your table sums to 1, as if it showed recalls. Counts are asked for; a library does this when it is told to normalise.", 0.25, edits={_MATRIX_RETURN: "    return matrix / matrix.sum(dim=1, keepdim=True).clamp(min=1)\n"}),
        Misconception("floating_point", "The counts are right, but they come as floating-point numbers. Counts are whole numbers, int64.", 0.75, edits={_ZEROS: "torch.zeros(num_labels, num_labels)"}),
        Misconception("size_of_what_occurs", "Your table is as large as the classes that occur need, so it is too small where a class is missing. How many there are is an argument.", 0.5, edits={_ZEROS: "torch.zeros(max([*truth, *predicted], default=-1) + 1, max([*truth, *predicted], default=-1) + 1, dtype=torch.int64)"}),
        Misconception("two_classes_written_out", "Two classes are right and more of them fail or give another size: a 2 is written out where the number of classes should stand.", 0.25, edits={_ZEROS: "torch.zeros(2, 2, dtype=torch.int64)"}),
        Misconception("short_one_wins", "Lists of different lengths pass without a word: `zip` stops at the shorter one, and examples are lost. The docstring asks for an error.", 0.75, edits={"    if len(truth) != len(predicted):\n        raise ValueError(f\"{len(truth)} true classes and {len(predicted)} predicted ones\")\n": "", "strict=True": "strict=False"}),
        Misconception("classes_from_one", "Everything stands one row and one column too far, or falls off the table: classes are counted from 0 here.", 0.25, edits={_ZEROS: "torch.zeros(num_labels + 1, num_labels + 1, dtype=torch.int64)", _COUNT: "matrix[right + 1, answer + 1] += 1"}),
        Misconception("one_subtracted", "Everything stands one row and one column too early, and class 0 in the last ones: you subtracted 1 from each class. They are counted from 0 here, and so are rows.", 0.25, edits={_COUNT: "matrix[right - 1, answer - 1] += 1"}),
        Misconception("symmetric", "Each error is in your table twice, once on either side of the diagonal. To take 0 for 1 and to take 1 for 0 are two things.", 0.25, edits={_COUNT: "matrix[right, answer] += 1\n        matrix[answer, right] += int(right != answer)"}),
        Misconception("lists_in_a_list", "The numbers are right, but a list of lists comes back where a tensor was asked for.", 0.75, edits={_MATRIX_RETURN: "    return matrix.tolist()\n"}),
    ),
    alternatives=(
        Alternative("bincount", code=(
            "def confusion_matrix(truth, predicted, num_labels):\n"
            "    if len(truth) != len(predicted):\n"
            "        raise ValueError('lengths')\n"
            "    pairs = torch.tensor(truth, dtype=torch.int64) * num_labels + torch.tensor(predicted, dtype=torch.int64)\n"
            "    return torch.bincount(pairs, minlength=num_labels**2).reshape(num_labels, num_labels)\n"
        )),
        Alternative("counter", code=(
            "def confusion_matrix(truth, predicted, num_labels):\n"
            "    from collections import Counter\n"
            "    if len(truth) != len(predicted): raise ValueError(f'{len(truth)} and {len(predicted)}')\n"
            "    seen = Counter(zip(truth, predicted))\n"
            "    return torch.tensor([[seen[r, c] for c in range(num_labels)] for r in range(num_labels)])\n"
        )),
    ),
    refuse={"sklearn.metrics.confusion_matrix": "it is the function that this exercise builds."},
)  # fmt: skip

# ------------------------------------------------------------------------------------------------ classification_scores
_PRECISION = "precision = [ratio(tp, column) for tp, column, row in rows]"
_RECALL = "recall = [ratio(tp, row) for tp, column, row in rows]"
_F1 = "f1 = [ratio(2 * tp, column + row) for tp, column, row in rows]"
_MACRO = "\"macro_f1\": sum(f1) / len(f1)"
_MICRO = "\"micro_f1\": ratio(2 * right, called.sum().item() + there.sum().item())"
SCORES = Exercise(
    name="classification_scores",
    title="Precision, recall, F1: per class, macro, micro",
    points=3,
    difficulty=2,
    minutes=20,
    hints=(
        "Three numbers for each class are all you need: the place on the diagonal, the sum of its column, the sum of its row.",
        "Precision divides the first by the column, recall by the row. Twice the first over column plus row is F1. Write one small function that divides and knows what to do at 0.",
        "Macro: the mean of the F1s, over all classes. Micro: sum the diagonal, the columns and the rows first, and put the sums into the formula of F1.",
    ),
    cases=(
        case("the example by hand", call(torch.tensor([[2, 1], [1, 1]])), strict_type=True),
        case("three classes, not balanced", call(torch.tensor([[50, 3, 2], [4, 6, 1], [0, 5, 2]])), strict_type=True),
        case("small shares", call(torch.tensor([[1, 60, 30], [20, 2, 300], [7, 90, 3]])), strict_type=True),
        case("always the same answer", call(torch.tensor([[0, 5], [0, 95]])), strict_type=True),
        case("a class that does not occur", call(torch.tensor([[3, 0, 1], [0, 0, 0], [1, 2, 4]]))),
        case("nothing at all", call(torch.zeros(2, 2, dtype=torch.int64))),
        case("all right", call(torch.tensor([[4, 0], [0, 9]])), hidden=True, strict_type=True),
        case("all wrong", call(torch.tensor([[0, 4], [7, 0]])), hidden=True),
        case("four classes", call(torch.tensor([[9, 1, 0, 3], [2, 5, 2, 2], [0, 0, 1, 0], [7, 1, 1, 12]])), hidden=True),
        case("a rare class, missed", call(torch.tensor([[970, 10], [18, 2]])), hidden=True),
        case("one class", call(torch.tensor([[6]])), hidden=True),
    ),
    misconceptions=(
        Misconception("precision_and_recall_swapped", "Precision and recall have changed places. Precision looks at what was *called* so, which is a column; recall at what *is* so, a row.", 1.5, edits={_PRECISION: "precision = [ratio(tp, row) for tp, column, row in rows]", _RECALL: "recall = [ratio(tp, column) for tp, column, row in rows]"}),
        Misconception("recall_is_precision", "Your recall equals your precision in every class: both divide by the same sum. Recall asks how much of what is there was found.", 1.5, edits={_RECALL: "recall = [ratio(tp, column) for tp, column, row in rows]"}),
        Misconception("recall_over_everything", "Your recalls are far too small: each is divided by the number of all examples, in place of those of its class.", 1.5, edits={_RECALL: "recall = [ratio(tp, matrix.sum().item()) for tp, column, row in rows]"}),
        Misconception("arithmetic_mean", "Your F1 is the plain mean of precision and recall. F1 is the harmonic mean, which is near the smaller of the two: compare a class with much of one and little of the other.", 1.5, edits={_F1: "f1 = [(p + r) / 2 for p, r in zip(precision, recall, strict=True)]"}),
        Misconception("f1_without_two", "Your F1 is half of what it should be, at most 0.5: a factor of two is missing above the line.", 1.75, edits={_F1: "f1 = [ratio(tp, column + row) for tp, column, row in rows]"}),
        Misconception("geometric_mean", "Your F1 is the root of precision times recall, the geometric mean. F1 is the harmonic one, and is lower wherever the two differ.", 1.5, edits={_F1: "f1 = [math.sqrt(p * r) for p, r in zip(precision, recall, strict=True)]"}),
        Misconception("macro_of_the_means", "Your macro-F1 is the F1 of the mean precision and the mean recall. Asked for is the mean of the F1s of the classes; the two differ.", 2.0, edits={_MACRO: "\"macro_f1\": ratio(2 * (sum(precision) / len(f1)) * (sum(recall) / len(f1)), sum(precision) / len(f1) + sum(recall) / len(f1))"}),
        Misconception("macro_weighted", "Your macro-F1 counts each class by how often it occurs (that is the *weighted* mean). Macro counts all classes alike, so that a rare one is heard.", 2.0, edits={_MACRO: "\"macro_f1\": ratio(sum(f * row for f, (tp, column, row) in zip(f1, rows, strict=True)), matrix.sum().item())"}),
        Misconception("macro_skips_zeros", "Your macro-F1 leaves out classes with an F1 of 0, and so hides the worst ones. All k classes count.", 2.0, edits={_MACRO: "\"macro_f1\": ratio(sum(f1), sum(f > 0 for f in f1))"}),
        Misconception("micro_is_macro", "Your micro-F1 equals your macro-F1. For micro the counts are summed over the classes first, and F1 is computed once.", 2.0, edits={_MICRO: "\"micro_f1\": sum(f1) / len(f1)"}),
        Misconception("micro_of_the_last_class", "Your micro-F1 is the F1 of the last class, as for a task of yes or no. Here the counts of all classes go in.", 2.0, edits={_MICRO: "\"micro_f1\": f1[-1]"}),
        Misconception("errors_once_in_micro", "Your micro-F1 is too high, except where all is right or wrong: each error is a wrong answer for one class *and* a miss for another, and you count it once.", 2.0, edits={_MICRO: "\"micro_f1\": ratio(2 * right, 2 * right + (matrix.sum().item() - right))"}),
        Misconception("accuracy_is_mean_recall", "Your accuracy is the mean of the recalls (the *balanced* accuracy). Accuracy is the share of all examples that are right.", 2.0, edits={"\"accuracy\": ratio(right, total)": "\"accuracy\": sum(recall) / len(recall)"}),
        Misconception("one_for_nothing", "Where there is nothing to divide by, you take 1; the docstring asks for 0.", 2.25, edits={"return above / below if below else 0.0": "return above / below if below else 1.0"}),
        Misconception("nan_for_nothing", "Where there is nothing to divide by, nan comes out, and one nan spoils every mean. Such a fraction counts as 0.", 2.25, edits={"return above / below if below else 0.0": "return above / below if below else math.nan"}),
        Misconception("division_by_zero", "A class that is never called, or never occurs, ends in a ZeroDivisionError: such a fraction counts as 0.", 2.0, edits={"return above / below if below else 0.0": "return above / below"}),
        Misconception("per_cent", "Your numbers are a hundred times too large: shares from 0 to 1 are asked for, no per cent.", 1.5, edits={"return above / below if below else 0.0": "return 100 * above / below if below else 0.0"}),
        Misconception("rounded_to_four", "The lists are rounded to four digits, as a report shows them. Return them as they come out; round when you print.", 2.25, edits={"    return {\n": "    precision, recall, f1 = ([round(share, 4) for share in shares] for shares in (precision, recall, f1))\n    return {\n"}),
        Misconception("two_classes_only", "One number comes back where a list with a number for each class is asked for: your table was read as one of two classes, one of them “positive”. Here there are k, and each has its own.", 0.75, code=(
            "def classification_scores(matrix):\n"
            "    ratio = lambda a, b: a / b if b else 0.0\n"
            "    tn, fp, fn, tp = matrix[:2, :2].flatten().tolist() if len(matrix) > 1 else (0, 0, 0, int(matrix.sum()))\n"
            "    precision, recall = ratio(tp, tp + fp), ratio(tp, tp + fn)\n"
            "    f1, accuracy = ratio(2 * precision * recall, precision + recall), ratio(tp + tn, tp + tn + fp + fn)\n"
            "    return {'precision': precision, 'recall': recall, 'f1': f1, 'accuracy': accuracy, 'macro_f1': f1, 'micro_f1': accuracy}\n"
        )),
        Misconception("rounded", "Your numbers are rounded to two places. Return them as they come out; round when you print.", 2.0, edits={"return above / below if below else 0.0": "return round(above / below, 2) if below else 0.0"}),
        Misconception("columns_are_the_truth", "Precision and recall are right for a table with the truth in its *columns*, and you took single counts from the wrong side: rows are the truth here.", 1.0, edits={"called = matrix.sum(dim=0)": "called = matrix.sum(dim=1)", "there = matrix.sum(dim=1)": "there = matrix.sum(dim=1).roll(1)"}),
    ),
    alternatives=(
        Alternative("tensors", code=(
            "def classification_scores(matrix):\n"
            "    m = matrix.double()\n"
            "    tp, fp, fn = m.diag(), m.sum(0) - m.diag(), m.sum(1) - m.diag()\n"
            "    div = lambda a, b: torch.where(b > 0, a / b.clamp(min=1e-12), torch.zeros_like(b))\n"
            "    f1 = div(2 * tp, 2 * tp + fp + fn)\n"
            "    return {'accuracy': float(div(tp.sum(), m.sum())), 'precision': div(tp, tp + fp).tolist(), 'recall': div(tp, tp + fn).tolist(),\n"
            "            'f1': f1.tolist(), 'macro_f1': float(f1.mean()), 'micro_f1': float(div(2 * tp.sum(), 2 * tp.sum() + fp.sum() + fn.sum()))}\n"
        )),
        Alternative("loops_and_the_harmonic_mean", code=(
            "def classification_scores(matrix):\n"
            "    m, k = matrix.tolist(), len(matrix)\n"
            "    p, r, f = [], [], []\n"
            "    for c in range(k):\n"
            "        col, row = sum(m[i][c] for i in range(k)), sum(m[c])\n"
            "        p.append(m[c][c] / col if col else 0.0)\n"
            "        r.append(m[c][c] / row if row else 0.0)\n"
            "        f.append(2 * p[-1] * r[-1] / (p[-1] + r[-1]) if p[-1] + r[-1] else 0.0)\n"
            "    total = sum(map(sum, m))\n"
            "    acc = sum(m[c][c] for c in range(k)) / total if total else 0.0\n"
            "    return {'precision': p, 'recall': r, 'f1': f, 'accuracy': acc, 'macro_f1': sum(f) / k, 'micro_f1': acc}\n"
        )),
    ),
    refuse=dict.fromkeys(("sklearn.metrics.precision_recall_fscore_support", "sklearn.metrics.f1_score", "sklearn.metrics.classification_report"), "it computes what this exercise builds."),
)  # fmt: skip

# --------------------------------------------------------------------------------------------------- bootstrap_interval
_INTERVAL = "course.evaluation_trials.interval"
_HAND = torch.tensor([[0, 1, 2, 3], [0, 0, 2, 2], [1, 1, 3, 0], [2, 2, 2, 1]])
_MEANS = "means = values[draws].mean(dim=1)"
_LOW = "low = torch.quantile(means, outside)"
_HIGH = "high = torch.quantile(means, 1 - outside)"
BOOTSTRAP = Exercise(
    name="bootstrap_interval",
    title="A bootstrap interval",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "Each row of `draws` picks examples, some of them several times. What is the mean of the picked ones?",
        "Indexing a tensor with a tensor of places gives a tensor of the shape of the places. Take the mean along one direction, so that there is one for each draw.",
        "If 95 % lie inside, 2.5 % lie below and 2.5 % above: two quantiles of the means, and `torch.quantile` takes shares from 0 to 1.",
    ),
    cases=(
        case("the example by hand", through(_INTERVAL, torch.tensor([1.0, 1.0, 0.0, 1.0]), _HAND, 0.5)),
        case("right and wrong, 95 %", through(_INTERVAL, (_numbers(30, seed=1) > -0.7).float(), _places(40, 30, 30, seed=2))),
        case("any numbers", through(_INTERVAL, _numbers(12, seed=3, scale=5), _places(25, 12, 12, seed=4), 0.8)),
        case("draws of another size", through(_INTERVAL, _numbers(6, seed=5) + 2, _places(9, 20, 6, seed=6), 0.9)),
        case("as many draws as examples", through(_INTERVAL, _numbers(8, seed=16) + 1, _places(8, 8, 8, seed=17), 0.7)),
        case("a single draw", through(_INTERVAL, torch.tensor([0.5, 2.0]), torch.tensor([[1, 1, 0]])), hidden=True),
        case("all right", through(_INTERVAL, torch.ones(5), _places(10, 5, 5, seed=7)), hidden=True),
        case("differences between two models", through(_INTERVAL, torch.tensor([1.0, -1.0, 0.0, 0.0, 1.0, 0.0, 1.0]), _places(60, 7, 7, seed=8), 0.99), hidden=True),
        case("a low level", through(_INTERVAL, _numbers(15, seed=9, scale=0.1).double(), _places(30, 15, 15, seed=10), 0.2), hidden=True),
        case("skewed", through(_INTERVAL, _numbers(10, seed=11).exp().round(decimals=2), _places(50, 10, 10, seed=12)), hidden=True),
    ),
    misconceptions=(
        Misconception("other_direction", "The number of your means is the size of a draw, in place of the number of draws: the mean was taken down the columns. One row is one draw.", 0.5, edits={_MEANS: "means = values[draws].mean(dim=0)"}),
        Misconception("no_draws", "Your interval is that of the single examples, far too wide: it says how examples differ. Take the mean of every draw, and the quantiles of those means.", 0.5, edits={_MEANS: "means = values"}),
        Misconception("not_averaged", "Your quantiles are those of all drawn examples together: the mean of each draw is missing.", 0.5, edits={_MEANS: "means = values[draws].flatten()"}),
        Misconception("whole_outside_on_each_side", "Your interval is too narrow: all that lies outside was cut off on either side. Half of it belongs to each.", 1.25, edits={"outside = (1 - level) / 2": "outside = 1 - level"}),
        Misconception("level_as_the_upper_quantile", "The upper end is too low: the quantile there is taken at the level itself, and the lower end is right. What lies outside is cut off half on either side.", 1.25, edits={_HIGH: "high = torch.quantile(means, level)"}),
        Misconception("level_written_out", "At a level of 95 % you are right; other levels are ignored: 0.025 and 0.975 are written out.", 1.25, edits={"outside = (1 - level) / 2": "outside = 0.025"}),
        Misconception("upside_down", "The two ends have changed places: the lower one comes first.", 1.5, edits={"return low.item(), high.item()": "return high.item(), low.item()"}),
        Misconception("normal_approximation", "Your interval lies evenly about the mean of the draws: these are 1.96 standard deviations, the normal approximation, which is blind to skew and ignores the level. Take quantiles of the means.", 0.75, edits={_LOW: "spread = means.std() if len(means) > 1 else torch.zeros(())\n    low = means.mean() - 1.96 * spread", _HIGH: "high = means.mean() + 1.96 * spread"}),
        Misconception("extremes", "Your interval reaches from the smallest mean to the largest. A share of the means lies outside, on either side.", 0.75, edits={_LOW: "low = means.min()", _HIGH: "high = means.max()"}),
        Misconception("nearest_instead_of_between", "Both ends are means that occur in the draws: between two of them you took one, where a number in between is asked for (linear interpolation).", 1.5, edits={_LOW: "low = torch.quantile(means, outside, interpolation=\"lower\")", _HIGH: "high = torch.quantile(means, 1 - outside, interpolation=\"higher\")"}),
        Misconception("medians_of_the_draws", "You take the median of each draw. The interval is one for the mean.", 0.75, edits={_MEANS: "means = values[draws].median(dim=1).values"}),
        Misconception("sums_of_the_draws", "Your numbers are too large by the size of a draw: sums were taken in place of means.", 0.75, edits={_MEANS: "means = values[draws].sum(dim=1)"}),
        Misconception("own_draws", "Your interval is another one for the same draws: you draw anew at random. The draws are given; take each example as often as it stands there.", 0.75, edits={_MEANS: "means = values[torch.randint(len(values), draws.shape)].mean(dim=1)"}),
        Misconception("basic_interval", "Your interval is mirrored at the mean of the values: that is the *basic* (reflected) bootstrap, twice the mean less a quantile. The percentile interval takes the quantiles as they are.", 1.0, edits={"return low.item(), high.item()": "centre = values.mean().item()\n    return 2 * centre - high.item(), 2 * centre - low.item()"}),
        Misconception("divided_by_all_values", "Where a draw has another size than the set of examples, your ends are off: the sum of a draw was divided by the number of values, not by the length of the draw.", 1.25, edits={_MEANS: "means = values[draws].sum(dim=1) / len(values)"}),
        Misconception("picked_by_index", "Both ends are means that occur in the draws: they were picked out of the sorted means by an index, a share times their number. Between two neighbours the ends are interpolated.", 1.25, edits={_LOW: "ordered = means.sort().values\n    low = ordered[int(outside * len(ordered))]", _HIGH: "high = ordered[min(int((1 - outside) * len(ordered)), len(ordered) - 1)]"}),
        Misconception("normal_for_any_level", "Your interval lies evenly about the mean of the values: it is so many standard deviations wide, the normal approximation. It is blind to skew; take quantiles of the means.", 0.75, edits={_LOW: "z = torch.distributions.Normal(0.0, 1.0).icdf(torch.tensor((1 + level) / 2)).item()\n    spread = means.std(unbiased=False)\n    low = values.mean() - z * spread", _HIGH: "high = values.mean() + z * spread"}),
        Misconception("shares_for_per_cent", "Both ends lie near the smallest mean: a share was handed to a function that wants per cent (np.percentile goes from 0 to 100, np.quantile and torch.quantile from 0 to 1).", 1.0, edits={_LOW: "low = torch.quantile(means, outside / 100)", _HIGH: "high = torch.quantile(means, (1 - outside) / 100)"}),
        Misconception("rounded", "Both ends are rounded to two digits. Return them as they come out; round when you print.", 1.25, edits={"return low.item(), high.item()": "return round(low.item(), 2), round(high.item(), 2)"}),
        Misconception("tensors_returned", "The two ends are right, but they are tensors; Python floats are asked for.", 1.75, edits={"return low.item(), high.item()": "return low, high"}),
        Misconception("every_example_once", "You count an example once in a draw, even if it was drawn twice. Drawing with replacement means that some count double and others not at all.", 1.0, edits={_MEANS: "means = torch.stack([values[row.unique()].mean() for row in draws])"}),
        Misconception("interval_about_zero", "You return how far the ends are from the mean of the values. The ends themselves are asked for.", 1.25, edits={"return low.item(), high.item()": "return (low - values.mean()).item(), (high - values.mean()).item()"}),
        Misconception("half_width", "One number comes back, half the width of the interval. Both ends are asked for: the interval need not lie evenly about the mean.", 0.75, edits={"return low.item(), high.item()": "return (high - low).item() / 2"}),
    ),
    alternatives=(
        Alternative("sorted_by_hand", code=(
            "def bootstrap_interval(values, draws, level=0.95):\n"
            "    m = sorted(sum(values[i].item() for i in row) / len(row) for row in draws.tolist())\n"
            "    def q(share):\n"
            "        at = share * (len(m) - 1)\n"
            "        low = min(int(at), max(len(m) - 2, 0))\n"
            "        return m[low] if len(m) == 1 else m[low] + (at - low) * (m[low + 1] - m[low])\n"
            "    return [q((1 - level) / 2), q((1 + level) / 2)]\n"
        )),
        Alternative("both_quantiles_at_once", code=(
            "def bootstrap_interval(values, draws, level=0.95):\n"
            "    means = values.double()[draws].mean(-1)\n"
            "    ends = torch.tensor([0.5 - level / 2, 0.5 + level / 2], dtype=means.dtype)\n"
            "    return tuple(means.quantile(ends).tolist())\n"
        )),
    ),
)  # fmt: skip

# ---------------------------------------------------------------------------------------------------- calibration_error
_GAP = "gap = correct[inside].double().mean() - confidence[inside].double().mean()"
_PLACE = "place = torch.ceil(confidence * bins).long().clamp(min=1) - 1"
_ADD = "error += inside.double().mean().item() * abs(gap.item())"
_SURE = torch.sigmoid(_numbers(40, seed=21, scale=2).abs())
_RIGHT = (torch.rand(40, generator=torch.Generator().manual_seed(22)) < 0.7).float()
_THIRDS = torch.tensor([0.35, 0.4, 0.45, 0.55, 0.6, 0.8, 0.85, 0.95, 0.99])
ECE = Exercise(
    name="calibration_error",
    title="Expected calibration error",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "First: which bin does each confidence fall into? Then: for each bin that holds something, two means and the gap between them.",
        "Times the number of bins and rounded up gives the bin, counted from 1; only 0 needs a second look.",
        "A bin counts by its share of all answers, and the gap without its sign. Empty bins have no mean: pass them over.",
    ),
    cases=(
        case("the example by hand", call(torch.tensor([0.4, 0.6, 0.9, 1.0]), torch.tensor([1.0, 1.0, 1.0, 0.0]), 2)),
        case("forty answers", call(_SURE, _RIGHT)),
        case("other bins", call(_SURE, _RIGHT, 4)),
        case("gaps of both signs", call(torch.tensor([0.55, 0.55, 0.95, 0.95, 0.75]), torch.tensor([1.0, 1.0, 0.0, 1.0, 1.0]))),
        case("at the edges", call(torch.tensor([0.5, 0.5, 0.25, 1.0, 0.75, 0.0, 0.625]), torch.tensor([1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0]), 4)),
        case("confidences below a half", call(_THIRDS, torch.tensor([0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0]), 7)),
        case("True and False", call(torch.tensor([0.92, 0.81, 0.73]), torch.tensor([True, False, True])), hidden=True),
        case("one bin", call(torch.sigmoid(_numbers(9, seed=25, scale=2).abs()), (_numbers(9, seed=26) > -0.3).float(), 1), hidden=True),
        case("very sure and wrong", call(torch.tensor([1.0, 0.99, 0.97, 0.98]), torch.zeros(4)), hidden=True),
        case("double precision", call(torch.sigmoid(_numbers(30, seed=23, scale=3).double().abs()), (_numbers(30, seed=24) > 0).double(), 15), hidden=True),
        case("edges of eight bins", call(torch.tensor([0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0, 0.0]), torch.tensor([1.0, 0, 1, 0, 1, 0, 1, 0, 1]), 8), hidden=True),
    ),
    misconceptions=(
        Misconception("bins_alike", "Every bin counts the same in your mean. A bin counts by how many answers it holds, or one odd answer weighs as much as a thousand.", 1.0, edits={_ADD: "error += abs(gap.item()) / len(place.unique())"}),
        Misconception("all_bins_alike", "Your result is the plain mean over all bins, the empty ones too. Each bin is weighted by how many answers it holds.", 1.0, edits={_ADD: "error += abs(gap.item()) / bins"}),
        Misconception("not_weighted", "The gaps are added up without a weight. Each bin counts by the share of the answers in it.", 1.0, edits={_ADD: "error += abs(gap.item())"}),
        Misconception("counts_as_weights", "Your result grows with the number of answers: gaps are multiplied by the count of the bin, not by its share of all.", 1.25, edits={_ADD: "error += inside.sum().item() * abs(gap.item())"}),
        Misconception("signs_cancel", "Gaps of different signs cancel in your sum: too sure in one bin does not make up for too modest in another. Take each without its sign.", 1.0, edits={_ADD: "error += inside.double().mean().item() * gap.item()"}),
        Misconception("one_gap_for_all", "You compare mean confidence with accuracy once, over all answers, or add up the gaps of the bins with their signs and take the absolute value of the sum, which comes to the same: gaps of different signs cancel. Take each bin's without its sign.", 0.75, edits={_PLACE: "place = torch.zeros(len(confidence), dtype=torch.int64)"}),
        Misconception("squared", "The gaps are squared. The error is the mean of the gaps without their signs.", 1.0, edits={_ADD: "error += inside.double().mean().item() * gap.item() ** 2"}),
        Misconception("root_of_squares", "The gaps are squared and a root is taken at the end (the root mean square, RMS). The error is the mean of the gaps without their signs, their absolute values.", 1.0, edits={_ADD: "error += inside.double().mean().item() * gap.item() ** 2", "    return error\n": "    return math.sqrt(error)\n"}),
        Misconception("largest_gap", "You return the largest gap: that is the *maximum* calibration error. Expected means a mean over all answers.", 1.0, edits={_ADD: "error = max(error, abs(gap.item()))"}),
        Misconception("middle_of_the_bin", "The middle of the bin is taken for its confidence. Take the mean of the confidences that are in it.", 1.25, edits={_GAP: "gap = correct[inside].double().mean() - (number + 0.5) / bins"}),
        Misconception("rounded_down", "Off the edges you are right. A confidence exactly at an edge belongs to the bin *below* it (up to and including), and yours goes to the one above.", 1.5, edits={_PLACE: "place = torch.floor(confidence * bins).long().clamp(max=bins - 1)"}),
        Misconception("zero_falls_out", "A confidence of 0 is in no bin of yours and is lost. It belongs to the first.", 1.75, edits={".long().clamp(min=1) - 1": ".long() - 1"}),
        Misconception("one_falls_out", "A confidence of 1 is in no bin of yours: the last bin ends before it. It holds the surest answers of all.", 1.25, edits={_PLACE: "place = torch.floor(confidence * bins).long()"}),
        Misconception("ten_written_out", "Ten bins are right and other numbers are not: the 10 is written out where the argument should stand.", 1.25, edits={_PLACE: "bins = 10\n    place = torch.ceil(confidence * bins).long().clamp(min=1) - 1"}),
        Misconception("bins_from_one_half", "Your bins divide the range from 0.5 to 1, and lower confidences share the first one. The bins are of equal width from 0 to 1.", 1.0, edits={_PLACE: "place = torch.ceil((confidence - 0.5) * 2 * bins).long().clamp(min=1) - 1"}),
        Misconception("lower_half_lost", "Your bins divide the range from 0.5 to 1, and answers of a confidence below are lost. With more than two classes a winner may well have less than 0.5: the bins go from 0 to 1.", 1.0, edits={_PLACE: "place = torch.full((len(confidence),), -1)\n    for b in range(bins):\n        place[(confidence > 0.5 + 0.5 * b / bins) & (confidence <= 0.5 + 0.5 * (b + 1) / bins)] = b"}),
        Misconception("one_bin_short", "You have one bin less than asked for: so many bins have one edge more than that, and `linspace` counts edges.", 1.0, code=(
            "def calibration_error(confidence, correct, bins=10):\n"
            "    edges = torch.linspace(0, 1, bins)\n"
            "    total = 0.0\n"
            "    for low, high in zip(edges[:-1], edges[1:]):\n"
            "        inside = (confidence > low) & (confidence <= high)\n"
            "        if low == 0:\n"
            "            inside |= confidence == 0\n"
            "        if inside.any():\n"
            "            gap = correct[inside].float().mean() - confidence[inside].mean()\n"
            "            total += inside.float().mean().item() * gap.abs().item()\n"
            "    return total\n"
        )),
        Misconception("no_bins", "Each answer is compared by itself, a confidence with 0 or 1, and nothing is put into bins. A single answer is right or wrong and never right to 80 %: it is the means in a bin that are compared.", 0.75, code=(
            "def calibration_error(confidence, correct, bins=10):\n"
            "    return (confidence.double() - correct.double()).abs().mean().item()\n"
        )),
        Misconception("equal_counts", "Your bins hold equally many answers each. Here they have equal *width*, however many fall in.", 1.0, edits={_PLACE: "place = torch.empty(len(confidence), dtype=torch.int64)\n    for number, part in enumerate(confidence.argsort().chunk(bins)):\n        place[part] = number"}),
        Misconception("nan_for_empty_bins", "nan comes out as soon as a bin is empty: its mean is nan. An empty bin counts nothing.", 1.25, edits={"if inside.any():": "if True:"}),
        Misconception("errors_for_right_answers", "You compare the confidence with the share of *wrong* answers. Sure and right should give no gap.", 0.75, edits={_GAP: "gap = 1 - correct[inside].double().mean() - confidence[inside].double().mean()"}),
        Misconception("per_cent", "Your result is a hundred times too large: a share is asked for, no per cent.", 1.5, edits={"    return error\n": "    return 100 * error\n"}),
    ),
    alternatives=(
        Alternative("sums_by_bin", code=(
            "def calibration_error(confidence, correct, bins=10):\n"
            "    c, r = confidence.double(), correct.double()\n"
            "    at = ((confidence * bins).ceil().long() - 1).clamp(min=0)\n"
            "    difference = torch.zeros(bins, dtype=torch.float64).index_add(0, at, r - c)\n"
            "    return difference.abs().sum().item() / len(c)\n"
        )),
        Alternative("edges", code=(
            "def calibration_error(confidence, correct, bins=10):\n"
            "    total, n = 0.0, len(confidence)\n"
            "    for b in range(1, bins + 1):\n"
            "        members = [(c, float(k)) for c, k in zip(confidence.tolist(), correct.tolist()) if (b - 1) / bins < c <= b / bins or (b == 1 and c == 0)]\n"
            "        if members:\n"
            "            acc = sum(k for _, k in members) / len(members)\n"
            "            conf = sum(c for c, _ in members) / len(members)\n"
            "            total += len(members) / n * abs(acc - conf)\n"
            "    return total\n"
        )),
    ),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------ fit_temperature


def _answers(n: int, classes: int, seed: int, temperature: float) -> tuple[Tensor, Tensor]:
    """Logits, and labels drawn from softmax(logits / temperature): the best temperature is near that."""
    logits = _numbers(n, classes, seed=seed, scale=2.5)
    chance = torch.softmax(logits.double() / temperature, dim=1)
    drawn = torch.multinomial(chance, 1, generator=torch.Generator().manual_seed(seed + 1))
    return logits, drawn.squeeze(1)


_FITTED = "course.evaluation_trials.temperature"
_DIVIDED = "return F.cross_entropy(fixed / temperature, labels).item()"
_BETTER = "if loss(math.exp(low + third)) < loss(math.exp(high - third)):"
_NOT_WORSE = _BETTER.replace(" < ", " <= ")
_RANGE = "low, high = math.log(0.05), math.log(20.0)"
_ANSWER = "return math.exp((low + high) / 2)"
_DETACHED = "fixed = logits.detach().double()"
TEMPERATURE = Exercise(
    name="fit_temperature",
    title="Temperature scaling",
    points=2,
    difficulty=2,
    minutes=15,
    hints=(
        "Write the loss as a function of one number first: cross-entropy of the logits divided by it. Print it for ten temperatures.",
        "Along the logarithm of the temperature the loss has one valley. Many ways lead to its bottom: a fine grid, cutting off thirds of an interval, gradient steps on log T.",
        "To cut off thirds: look at the loss at one third and at two thirds of the interval and throw away the outer third on the worse side. After 80 rounds nothing is left to choose.",
    ),
    cases=(
        case("the example by hand", through(_FITTED, torch.tensor([[2.0, 0.0], [2.0, 0.0], [2.0, 0.0], [2.0, 0.0]]), torch.tensor([0, 0, 0, 1])), rtol=0.012),
        case("too sure", through(_FITTED, *_answers(120, 2, 41, 2.5)), rtol=0.012),
        case("too modest", through(_FITTED, *_answers(120, 2, 43, 0.4)), rtol=0.012),
        case("three classes", through(_FITTED, *_answers(150, 3, 45, 1.5)), rtol=0.012),
        case("logits that require a gradient", through(_FITTED, *_answers(60, 2, 55, 2.0), gradient=True), rtol=0.012),
        case("all right: the sharpest there is", through(_FITTED, torch.tensor([[0.5, 0.1], [0.0, 0.6]]), torch.tensor([0, 1])), rtol=0.012),
        case("worse than chance: the flattest there is", through(_FITTED, torch.tensor([[3.0, 1.0], [0.0, 2.0], [1.0, 0.0]]), torch.tensor([1, 0, 0])), rtol=0.012),
        case("much too sure", through(_FITTED, _answers(200, 4, 47, 1.2)[0] * 6, _answers(200, 4, 47, 1.2)[1]), hidden=True, rtol=0.012),
        case("logits far from zero", through(_FITTED, _answers(100, 2, 49, 3.0)[0] + 300, _answers(100, 2, 49, 3.0)[1]), hidden=True, rtol=0.012),
        case("three classes with a gradient", through(_FITTED, *_answers(70, 3, 57, 0.7), gradient=True), hidden=True, rtol=0.012),
        case("five classes", through(_FITTED, *_answers(200, 5, 51, 0.8)), hidden=True, rtol=0.012),
        case("small logits in double precision", through(_FITTED, (_answers(80, 3, 53, 1.3)[0] * 0.1).double(), _answers(80, 3, 53, 1.3)[1]), hidden=True, rtol=0.012),
    ),
    misconceptions=(
        Misconception("multiplied", "Your result is one over the right one: the logits are multiplied by it. A temperature *divides*; above 1 it flattens.", 1.25, edits={_DIVIDED: "return F.cross_entropy(fixed * temperature, labels).item()"}),
        Misconception("highest_loss", "You end at one end of the range, on the wrong side of the valley: the search keeps the half with the *larger* loss.", 0.75, edits={"if loss(math.exp(low + third)) < loss(math.exp(high - third)):": "if loss(math.exp(low + third)) > loss(math.exp(high - third)):"}),
        Misconception("always_one", "You return 1, whatever the logits: that is the model as it was.", 0.0, edits={_ANSWER: "return 1.0"}),
        Misconception("never_below_one", "Where the model is too sure you are right; where it is too modest you stop at 1 and never go below 1. The range reaches down to 0.05.", 1.25, edits={_RANGE: "low, high = 0.0, math.log(20.0)"}),
        Misconception("never_above_one", "Where the model is too modest you are right; where it is too sure you stop at 1. The range reaches up to 20.", 1.0, edits={_RANGE: "low, high = math.log(0.05), 0.0"}),
        Misconception("narrow_range", "Your search ends at 5: in the cases whose best temperature is higher you stop there. The range is 0.05 to 20.", 1.5, edits={_RANGE: "low, high = math.log(0.05), math.log(5.0)"}),
        Misconception("range_not_kept_below", "Where all answers are right, the loss falls for ever, and your temperature falls with it. The range ends at 0.05.", 1.5, edits={_RANGE: "low, high = math.log(0.001), math.log(20.0)"}),
        Misconception("range_not_kept_above", "Where the answers are worse than chance, your temperature grows beyond the range. It ends at 20.", 1.5, edits={_RANGE: "low, high = math.log(0.05), math.log(1000.0)"}),
        Misconception("too_few_rounds", "You stop too early: the result is some per cent off. One per cent is asked for; go on until the interval is small.", 1.25, edits={"for _ in range(80):": "for _ in range(8):"}),
        Misconception("whole_temperatures", "Your results are whole numbers: only 1, 2, 3 and so on were tried. The best one lies between, and may be below 1.", 1.0, edits={_ANSWER: "return float(min(range(1, 21), key=loss))"}),
        Misconception("coarse_grid", "Your results lie a fifth apart: equal steps from 0.05 to 20 are too coarse where the temperature is small. One per cent is asked for, everywhere.", 1.0, edits={_ANSWER: "return min(torch.linspace(0.05, 20, 100).tolist(), key=loss)"}),
        Misconception("has_not_arrived", "Your result is still on its way from 1: a few small steps of gradient descent (SGD) do not arrive. Look whether the loss still falls when you stop.", 0.5, code=(
            "def fit_temperature(logits, labels):\n"
            "    T = torch.ones(1, requires_grad=True)\n"
            "    optimizer = torch.optim.SGD([T], lr=0.01)\n"
            "    z = logits.detach().float()\n"
            "    for _ in range(100):\n"
            "        optimizer.zero_grad()\n"
            "        F.cross_entropy(z / T, labels).backward()\n"
            "        optimizer.step()\n"
            "    return min(max(T.item(), 0.05), 20.0)\n"
        )),
        Misconception("gradient_to_numpy", "Logits that require a gradient raise an error: they cannot become an array of numpy before they are detached.", 1.5, edits={_DETACHED: "fixed = torch.from_numpy(logits.numpy()).double()"}),
        Misconception("tensor_returned", "The temperature is right, but it is a tensor; a Python float is asked for.", 1.75, edits={_ANSWER: "return torch.tensor(math.exp((low + high) / 2))"}),
        Misconception("winner_in_place_of_label", "You end at 0.05 whatever the labels are: your loss takes the largest probability of each row, which grows as T falls. It is the probability of the *right* class, the label, that counts.", 0.25, edits={_DIVIDED: "return -torch.log_softmax(fixed / temperature, dim=1).amax(dim=1).mean().item()", _BETTER: _NOT_WORSE}),
        Misconception("logarithm_returned", "You return the logarithm of the temperature, which is what was searched along. It is negative where the temperature is below 1.", 1.25, edits={_ANSWER: "return (low + high) / 2"}),
        Misconception("calibration_instead_of_loss", "Your temperature makes mean confidence and accuracy agree. That is near the right one and not the same: it is the negative log-likelihood that is to be smallest.", 1.0, edits={_DIVIDED: "return abs(torch.softmax(fixed / temperature, dim=1).amax(dim=1).mean().item() - (fixed.argmax(dim=1) == labels).double().mean().item())"}),
        Misconception("accuracy_instead_of_loss", "Your result does not depend on how sure the model is: a temperature does not change which class wins, so accuracy cannot tell a good one from a bad one. Take the negative log-likelihood.", 0.25, edits={_DIVIDED: "return -((fixed / temperature).argmax(dim=1) == labels).double().mean().item()"}),
        Misconception("squared_error", "Your temperature makes the squared distance to the labels smallest (the Brier score). The negative log-likelihood is asked for; it punishes being sure and wrong much harder.", 1.0, edits={_DIVIDED: "return (torch.softmax(fixed / temperature, dim=1) - F.one_hot(labels, fixed.shape[1])).square().sum(dim=1).mean().item()"}),
        Misconception("probabilities_divided", "Softmax was taken before the division and is taken again by the loss. The *logits* are divided; `cross_entropy` does the softmax.", 0.75, edits={_DETACHED: "fixed = torch.softmax(logits.detach().double(), dim=1)"}),
        Misconception("softmax_twice", "Softmax is taken twice: what goes to `cross_entropy` are probabilities, and it takes a softmax itself. It wants the divided logits.", 0.75, edits={_DIVIDED: "return F.cross_entropy(torch.softmax(fixed / temperature, dim=1), labels).item()", _BETTER: _NOT_WORSE}),
        Misconception("loss_returned", "You return the smallest loss. The temperature at which it lies is asked for.", 0.75, edits={_ANSWER: "return loss(math.exp((low + high) / 2))"}),
        Misconception("two_classes_only", "Two classes are right and more of them are not: only the first two logits are looked at.", 0.75, edits={_DETACHED: "fixed = logits.detach().double()[:, :2]", "def loss(temperature: float) -> float:": "labels = labels.clamp(max=1)\n\n    def loss(temperature: float) -> float:"}),
    ),
    alternatives=(
        Alternative("grid", code=(
            "def fit_temperature(logits, labels):\n"
            "    z = logits.detach().double()\n"
            "    grid = torch.exp(torch.linspace(math.log(0.05), math.log(20), 1200, dtype=torch.float64))\n"
            "    losses = [F.cross_entropy(z / t, labels).item() for t in grid]\n"
            "    return grid[losses.index(min(losses))].item()\n"
        )),
        Alternative("bisection_on_the_slope", code=(
            "def fit_temperature(logits, labels):\n"
            "    z = logits.detach().double()\n"
            "    def slope(beta):\n"
            "        p = torch.softmax(z * beta, 1)\n"
            "        return ((p * z).sum(1) - z.gather(1, labels[:, None]).squeeze(1)).mean().item()\n"
            "    low, high = 1 / 20, 1 / 0.05\n"
            "    for _ in range(100):\n"
            "        middle = (low + high) / 2\n"
            "        if slope(middle) > 0: high = middle\n"
            "        else: low = middle\n"
            "    return 2 / (low + high)\n"
        )),
    ),
    time_limit=10.0,
)  # fmt: skip

# ----------------------------------------------------------------------------------------------------------- LoRALinear
_TRIAL = "course.lora_trial."
_W, _BIAS = _numbers(3, 4, seed=61), _numbers(3, seed=62)
_A, _B = _numbers(2, 4, seed=63), _numbers(3, 2, seed=64)
_X = _numbers(5, 4, seed=65)
_WIDE = (_numbers(6, 5, seed=71), None, _numbers(3, 5, seed=72), _numbers(6, 3, seed=73), _numbers(2, 3, 5, seed=74))
_SQUARE = (_numbers(4, 4, seed=81), _numbers(4, seed=82), _numbers(4, 4, seed=83), _numbers(4, 4, seed=84), _numbers(3, 4, seed=85))
_DOUBLE = tuple(None if t is None else t.double() for t in (_numbers(2, 3, seed=91), _numbers(2, seed=92), _numbers(1, 3, seed=93), _numbers(2, 1, seed=94), _numbers(4, 3, seed=95)))
#: Hidden cases have numbers of their own: a key of visible cases must not hold those of hidden ones.
_WIDE_HIDDEN = (_numbers(6, 5, seed=171), None, _numbers(3, 5, seed=172), _numbers(6, 3, seed=173), _numbers(2, 3, 5, seed=174))
_DOUBLE_HIDDEN = tuple(None if t is None else t.double() for t in (_numbers(2, 3, seed=191), _numbers(2, seed=192), _numbers(1, 3, seed=193), _numbers(2, 1, seed=194), _numbers(4, 3, seed=195)))
_FREEZE = "        for parameter in base.parameters():\n            parameter.requires_grad_(False)\n"
_SCALE = "self.scale = alpha / rank"
_MAKE_A = "nn.Parameter(torch.randn(rank, base.in_features, dtype=base.weight.dtype) / math.sqrt(rank))"
_MAKE_B = "nn.Parameter(torch.zeros(base.out_features, rank, dtype=base.weight.dtype))"
_CORRECTION = "correction = x @ self.lora_a.T @ self.lora_b.T"
_SUM = "return self.base(x) + self.scale * correction"
_MERGED_WEIGHT = "merged.weight.copy_(self.base.weight + self.scale * self.lora_b @ self.lora_a)"
_NEW = "merged = nn.Linear(self.base.in_features, self.base.out_features, bias=self.base.bias is not None)"
LORA = Exercise(
    name="LoRALinear",
    title="LoRA from scratch",
    points=4,
    difficulty=3,
    minutes=20,
    hints=(
        "Three things: freeze the layer that is handed in, make two parameters, add their product's result to the layer's.",
        "Shapes first: x is (..., in), A is (r, in), B is (out, r). What must be transposed so that (..., in) becomes (..., r) and then (..., out)? The factor alpha / r multiplies the correction alone.",
        "Merging: a new `nn.Linear` with or without bias, as the base has it; its weight is the base's plus the factor times the (out, in) product of B and A. Copy numbers under `torch.no_grad()`.",
    ),
    cases=(
        case("how it begins", through(_TRIAL + "beginning", _W, _BIAS, _X, 2)),
        case("a layer without bias, rank 3", through(_TRIAL + "beginning", _WIDE[0], None, _WIDE[4], 3)),
        case("with a correction", through(_TRIAL + "corrected", _W, _BIAS, _A, _B, _X, rank=2, alpha=6.0)),
        case("the default alpha", through(_TRIAL + "corrected", _W, _BIAS, _A, _B, _X, rank=2)),
        case("what gets a gradient", through(_TRIAL + "gradients", _W, _BIAS, _A, _B, _X, rank=2, alpha=6.0)),
        case("merged", through(_TRIAL + "merged", _W, _BIAS, _A, _B, _X, rank=2, alpha=6.0)),
        case("merged without bias", through(_TRIAL + "merged", *_WIDE, rank=3, alpha=1.5)),
        case("a square layer, three directions", through(_TRIAL + "corrected", _SQUARE[0], _SQUARE[1], _SQUARE[2], _SQUARE[3], _SQUARE[4][None], rank=4, alpha=2.0), hidden=True),
        case("a square layer merged", through(_TRIAL + "merged", *_SQUARE, rank=4, alpha=2.0), hidden=True),
        case("double precision", through(_TRIAL + "beginning", _DOUBLE[0], _DOUBLE[1], _DOUBLE[4], 1), strict_dtype=True),
        case("double precision merged", through(_TRIAL + "merged", *_DOUBLE_HIDDEN, rank=1, alpha=3.0), hidden=True, strict_dtype=True),
        case("gradients without bias", through(_TRIAL + "gradients", *_WIDE_HIDDEN, rank=3, alpha=1.5), hidden=True),
    ),
    misconceptions=(
        Misconception("base_learns", "The parameters of the base layer learn too. The point of LoRA is that they stay frozen: nothing of them needs a gradient, or an optimizer's averages.", 2.0, edits={_FREEZE: ""}),
        Misconception("bias_learns", "The weight of the base is frozen and its bias is not. All parameters of the base stop learning.", 3.0, edits={_FREEZE: "        base.weight.requires_grad_(False)\n"}),
        Misconception("alpha_not_divided", "Your correction is too large by the rank: alpha has to be divided by r, so that another rank does not change how much it counts.", 2.5, edits={_SCALE: "self.scale = alpha"}),
        Misconception("no_alpha", "Your correction counts once, whatever alpha is: it is to be multiplied by alpha / r.", 2.0, edits={_SCALE: "self.scale = 1.0"}),
        Misconception("divided_by_the_root", "You divide alpha by the *root* of the rank. (A later variant, rsLoRA, does. This one divides by the rank.)", 2.75, edits={_SCALE: "self.scale = alpha / math.sqrt(rank)"}),
        Misconception("upside_down", "The factor is upside down: it is the rank divided by alpha in yours.", 2.5, edits={_SCALE: "self.scale = rank / alpha"}),
        Misconception("b_random", "At the start your layer does not give what the base gives: B is random. It begins at zero, so that training starts at the pretrained model.", 2.5, edits={_MAKE_B: "nn.Parameter(torch.randn(base.out_features, rank, dtype=base.weight.dtype))"}),
        Misconception("both_zero", "A and B both begin at zero. Then the gradient of each, which is multiplied by the other, is zero, and nothing ever learns. One of them must be random: A.", 2.5, edits={_MAKE_A: "nn.Parameter(torch.zeros(rank, base.in_features, dtype=base.weight.dtype))"}),
        Misconception("zero_and_random_swapped", "A begins at zero and B at random. Learning would work, too; here, as in the paper, B is the one that is zero.", 3.0, edits={_MAKE_A: "nn.Parameter(torch.zeros(rank, base.in_features, dtype=base.weight.dtype))", _MAKE_B: "nn.Parameter(torch.randn(base.out_features, rank, dtype=base.weight.dtype))"}),
        Misconception("a_all_ones", "All numbers of your A are the same, so that its rows are, too: all r directions learn one and the same thing. Draw them at random.", 2.75, edits={_MAKE_A: "nn.Parameter(torch.ones(rank, base.in_features, dtype=base.weight.dtype))"}),
        Misconception("no_parameters", "A and B are plain tensors: no optimizer will find them. What is to learn must be an `nn.Parameter`.", 1.5, edits={_MAKE_A: "torch.randn(rank, base.in_features, dtype=base.weight.dtype) / math.sqrt(rank)", _MAKE_B: "torch.zeros(base.out_features, rank, dtype=base.weight.dtype)"}),
        Misconception("always_float32", "On a float64 layer, A and B have the wrong dtype. Make them as wide as the weight of the base.", 3.5, edits={_MAKE_A: "nn.Parameter(torch.randn(rank, base.in_features) / math.sqrt(rank))", _MAKE_B: "nn.Parameter(torch.zeros(base.out_features, rank))", _CORRECTION: "correction = x @ self.lora_a.T.to(x.dtype) @ self.lora_b.T.to(x.dtype)", _MERGED_WEIGHT: "merged.weight.copy_(self.base.weight + self.scale * (self.lora_b @ self.lora_a).to(self.base.weight.dtype))"}),
        Misconception("dropout_on_the_way", "Your correction is another one in training mode: there is dropout on its way. The paper's code has it as an option; this layer has none.", 2.5, edits={_SCALE: "self.scale = alpha / rank\n        self.dropout = nn.Dropout(0.1)", _CORRECTION: "correction = self.dropout(x) @ self.lora_a.T @ self.lora_b.T"}),
        Misconception("shapes_swapped", "The shapes of A and B are the other way round, as for x A B: the docstring has lora_a as (rank, in_features) and lora_b as (out_features, rank), so that their product is transposed as the weight of a linear layer is.", 1.5, edits={_MAKE_A: "nn.Parameter(torch.randn(base.in_features, rank, dtype=base.weight.dtype) * 0.02)", _MAKE_B: "nn.Parameter(torch.zeros(rank, base.out_features, dtype=base.weight.dtype))", _CORRECTION: "correction = x @ self.lora_a @ self.lora_b", _MERGED_WEIGHT: "merged.weight.copy_(self.base.weight + self.scale * (self.lora_a @ self.lora_b).T)"}),
        Misconception("no_gradient_through_the_base", "The numbers are right, but the gradient of x lacks the part that goes through the base: it was run without recording. The base is frozen, and layers below it may still learn.", 3.0, edits={_SUM: "with torch.no_grad():\n            plain = self.base(x)\n        return plain + self.scale * correction"}),
        Misconception("correction_alone", "Your result is the correction alone: what the base gives has to be added.", 1.5, edits={_SUM: "return self.scale * correction"}),
        Misconception("correction_forgotten", "Your result is always what the base gives. At the start that is right; with numbers in B the correction must show.", 1.0, edits={_SUM: "return self.base(x)"}),
        Misconception("scaled_twice", "The factor counts twice in the result (and once in the merged weight).", 2.5, edits={_SUM: "return self.base(x) + self.scale**2 * correction"}),
        Misconception("everything_scaled", "You multiply the whole result by alpha / r, what the base gives as well. The factor belongs to the correction.", 2.0, edits={_SUM: "return self.scale * (self.base(x) + correction)"}),
        Misconception("merge_without_factor", "The forward pass is right, and the merged layer gives something else: its weight has the product of B and A without alpha / r.", 3.0, edits={_MERGED_WEIGHT: "merged.weight.copy_(self.base.weight + self.lora_b @ self.lora_a)"}),
        Misconception("merge_without_base", "The merged weight is the correction alone; the weight of the base has to be added.", 2.5, edits={_MERGED_WEIGHT: "merged.weight.copy_(self.scale * self.lora_b @ self.lora_a)"}),
        Misconception("merge_without_correction", "The merged layer is a copy of the base: the correction was not added to its weight.", 2.5, edits={_MERGED_WEIGHT: "merged.weight.copy_(self.base.weight)"}),
        Misconception("merge_in_place", "Merging changes the base layer itself: afterwards the correction counts twice. Make a new layer and leave the old one alone.", 2.5, edits={_NEW: "merged = self.base"}),
        Misconception("merged_bias_always", "A layer without bias gets one by merging, with random numbers in it. The new layer has a bias only if the base has one.", 3.25, edits={_NEW: "torch.manual_seed(7)\n        merged = nn.Linear(self.base.in_features, self.base.out_features)"}),
        Misconception("merged_bias_lost", "The merged layer has lost the bias of the base.", 3.0, edits={_NEW: "merged = nn.Linear(self.base.in_features, self.base.out_features, bias=False)", "            if self.base.bias is not None:\n                merged.bias.copy_(self.base.bias)\n": ""}),
        Misconception("merge_gives_a_tensor", "`merge` gives a tensor back. A new `nn.Linear` is asked for, which can take the place of the old layer.", 2.75, edits={"        return merged\n": "        return merged.weight.detach()\n"}),
    ),
    alternatives=(
        Alternative("functional", edits={_CORRECTION: "correction = F.linear(F.linear(x, self.lora_a), self.lora_b)"}),
        Alternative("merged_on_the_fly", edits={_CORRECTION: "weight = self.base.weight + self.scale * (self.lora_b @ self.lora_a)", _SUM: "return F.linear(x, weight, self.base.bias)"}),
        Alternative("deep_copy", code=(
            "import copy\n"
            "class LoRALinear(nn.Module):\n"
            "    def __init__(self, base, rank=8, alpha=16.0):\n"
            "        super().__init__()\n"
            "        self.base = base.requires_grad_(False)\n"
            "        self.factor = alpha / rank\n"
            "        self.lora_a = nn.Parameter(torch.empty(rank, base.in_features, dtype=base.weight.dtype))\n"
            "        nn.init.kaiming_uniform_(self.lora_a, a=5**0.5)\n"
            "        self.lora_b = nn.Parameter(base.weight.new_zeros(base.out_features, rank))\n"
            "    def forward(self, x):\n"
            "        return self.base(x) + self.factor * torch.einsum('...i,ri,or->...o', x, self.lora_a, self.lora_b)\n"
            "    def merge(self):\n"
            "        new = copy.deepcopy(self.base)\n"
            "        new.weight.data += self.factor * (self.lora_b @ self.lora_a).detach()\n"
            "        return new\n"
        )),
    ),
    refuse={"peft.get_peft_model": "it is the library whose layer you build here.", "peft.tuners.lora.layer.Linear": "it is the layer that you build here."},
)  # fmt: skip

# ---------------------------------------------------------------------------------------------------------- label_films
#: The films that are praised, by their numbers; everything else is not. Only this file knows.
_POSITIVE = [
    0, 3, 5, 6, 7, 10, 11, 13, 14, 17, 18, 19, 21, 23, 27, 28, 29, 34, 36, 38, 42, 43, 45, 48, 49, 50, 51, 53, 55,
    57, 58, 59, 65, 67, 70, 71, 72, 75, 78, 79, 80, 82, 84, 85, 86, 87, 88, 89, 90, 94, 95, 103, 104, 106, 109, 110,
    111, 112, 113, 115, 116, 117, 119, 123, 124, 125, 129, 132, 137, 138, 141, 142, 143, 144, 145, 146, 147, 148,
    150, 152, 153, 157, 159, 160, 161, 162, 163, 165, 167, 169, 170, 174, 177, 180, 181, 183, 185, 187, 191, 193,
    196, 197, 200, 202, 210, 215, 218, 219, 220, 221, 223, 224, 226, 231, 232, 233, 235, 236, 238, 239,
]  # fmt: skip
_FILMS = film_snippets()
_NEGATIVE = sorted(set(range(len(_FILMS))) - set(_POSITIVE))
_HELD_OUT = sentiment_split("movies").validation[:200]
_CLEAR = [
    "Wonderful, moving and very funny: one of the best films of the year, superbly acted from the first scene to the last.",
    "A boring, stupid mess.",
    "A masterpiece.",
    "The script is dull, the acting is terrible, and the whole film is a tedious waste of time, money and talent.",
    "Terrible.",
    "A beautiful, brilliant and heartwarming film.",
    "An awful film with no wit, no suspense and no point.",
]
#: Short ones, next to which a long text makes much padding.
_SHORT = [row["text"] for row in sentiment_split("movies").validation[200:] if len(row["text"]) < 60][:124]
_GOOD, _BAD = "A beautiful, moving and wonderfully acted film. ", "A dull, stupid and badly acted waste of time. "
_BATCH = "range(0, len(order), 32)"
_CALL = "logits = model(batch[\"input_ids\"], batch[\"attention_mask\"])"
_ADD_PLACE = "found[names[answer]].append(place)"
_NAMES = "names = [\"negative\", \"positive\"]"
_TOKENS = "truncation=True, max_length=64"
FILMS = Exercise(
    name="label_films",
    title="The hidden test: 240 films that do not exist",
    points=5,
    difficulty=3,
    minutes=20,
    hints=(
        "Two halves: get a trained model, and label with it. `train_upper_layers` does the first in one call; its model is in training mode when you get it.",
        "Label in batches: tokenize with padding *and* truncation, run without a gradient, take the larger of the two logits of each row. Whatever order you work in, each answer belongs to a place in `texts`.",
        "2,000 snippets of at most 120 characters, the upper two layers, a learning rate of 3e-4 and two epochs are enough. If the score stays near 0.5, look at labels and order first; if it stays below 0.8, give it more snippets.",
    ),
    cases=(
        case("no texts", call([])),
        scored_case("clear words, in no order of length", call(_CLEAR), truth={"positive": [0, 2, 5], "negative": [1, 3, 4, 6]}, full=0.8, floor=0.5, note="These texts are clear. A score near 0 says that the labels are turned round; one near 0.5, that places belong to other texts."),
        scored_case("two texts that stand there twice", call([_CLEAR[5], _CLEAR[6]] * 2), truth={"positive": [0, 2], "negative": [1, 3]}, full=0.8, floor=0.5),
        scored_case("nothing but praise", call([_CLEAR[0], _CLEAR[2], _CLEAR[5], _GOOD.strip()]), truth={"positive": [0, 1, 2, 3], "negative": []}, full=1.0, floor=0.5),
        scored_case("longer than BERT can read", call([_BAD * 90, _GOOD * 90]), truth={"positive": [1], "negative": [0]}, full=1.0, floor=0.5),
        case("the same twice", through("course.film_trial.same_twice", [row["text"] for row in _HELD_OUT[:48]]), note="Two calls with the same texts give different labels."),
        case("in the company of a long text", through("course.film_trial.same_in_company", _SHORT, _BAD * 6), note="Short texts get other labels as soon as a long one is in the list."),
        scored_case("200 snippets held out for validation", call([row["text"] for row in _HELD_OUT]), truth={"positive": [n for n, row in enumerate(_HELD_OUT) if row["label"]], "negative": [n for n, row in enumerate(_HELD_OUT) if not row["label"]]}, full=0.75, floor=0.55, note="High precision and low recall of both kinds say that places are missing from both lists, as when the unsure ones are left out."),
        scored_case("240 films that do not exist", call(_FILMS), truth={"positive": _POSITIVE, "negative": _NEGATIVE}, full=0.8, floor=0.55, hidden=True),
        scored_case("one text", call([_CLEAR[5]]), truth={"positive": [0], "negative": []}, full=1.0, floor=0.5, hidden=True),
        scored_case("clear words, turned round", call(_CLEAR[::-1]), truth={"positive": [1, 4, 6], "negative": [0, 2, 3, 5]}, full=0.8, floor=0.5, hidden=True),
    ),
    misconceptions=(
        Misconception("labels_swapped", "Praise is labelled negative and the other way round: the score is far *below* that of a coin. Look at which number stands for which label where the training set was made.", 2.0, edits={_NAMES: "names = [\"positive\", \"negative\"]"}),
        Misconception("train_mode", "Labels change from call to call: the model is still in training mode, as training left it, and dropout strikes out other numbers each time.", 3.0, edits={"    model.eval()\n": ""}),
        Misconception("no_texts_not_thought_of", "An empty list raises an error: there is no text, and the tokenizer (or `max`, or a stack) has nothing to work on. Two empty lists are the answer.", 4.0, edits={_BATCH: "range(0, max(len(order), 1), 32)"}),
        Misconception("first_place_twice", "Of a text that stands there twice only the first place is in your lists, and twice: places were looked up with `index`, which finds the first that is equal.", 3.0, edits={_ADD_PLACE: "found[names[answer]].append(texts.index(texts[place]))"}),
        Misconception("half_must_be_praise", "Half of every list is called praise, whatever is in it: the texts were ranked and cut at the middle, as half of *these* films are praised. The label of a text does not depend on what else is there.", 2.0, edits={"        for place, answer in zip(places, logits.argmax(dim=1).tolist(), strict=True):\n            " + _ADD_PLACE + "\n    return found\n": "        scores |= dict(zip(places, (logits[:, 1] - logits[:, 0]).tolist(), strict=True))\n    ranked = sorted(scores, key=lambda place: -scores[place])\n    half = (len(texts) + 1) // 2\n    return {\"positive\": ranked[:half], \"negative\": ranked[half:]}\n", "found: dict[str, list[int]] = {name: [] for name in names}": "scores: dict[int, float] = {}"}),
        Misconception("unsure_left_out", "Some places are in neither list: texts of which the model is not sure, by a threshold, were left out. Every place belongs to one of them.", 2.5, edits={"logits.argmax(dim=1).tolist()": "torch.softmax(logits, dim=1)[:, 1].tolist()", _ADD_PLACE: "if not 0.05 <= answer <= 0.95:\n                found[names[answer > 0.5]].append(place)"}),
        Misconception("no_truncation", "A text of more than 512 tokens raises an error: BERT has no position for what lies beyond. The tokenizer cuts texts off only when it is told to.", 3.5, edits={_TOKENS: "truncation=False"}),
        Misconception("cut_too_short", "You keep only the first few tokens of each text, so that whatever comes after a “but” is lost: the score is far lower than it could be. Look at max_length.", 3.0, edits={_TOKENS: "truncation=True, max_length=5"}),
        Misconception("sorted_order_kept", "The score is hardly above that of a coin, though single texts are right: you sorted the texts by length and numbered the answers in that order. Each belongs to its place in `texts`.", 1.25, edits={"for place, answer in zip(places, ": "for place, answer in zip(range(start, start + len(places)), "}),
        Misconception("places_in_the_batch", "No number above 31 is among your places: they are counted from 0 in every batch. Count through the whole list.", 1.5, edits={"for place, answer in zip(places, ": "for place, answer in zip(range(len(places)), "}),
        Misconception("first_batch_only", "Only the texts of one batch are labelled; all others are missing from both lists. Look at where the `return` stands, or at the loop.", 1.5, edits={_BATCH: "range(0, min(len(order), 32), 32)"}),
        Misconception("last_batch_dropped", "Short lists get no labels at all, and of long ones the last few texts are missing: the last batch is dropped if it is not full. That is for training, if at all.", 2.5, edits={_BATCH: "range(0, len(order) - 31, 32)"}),
        Misconception("wrong_axis", "Of each batch only two texts are labelled: the largest logit was looked for down the column, among the texts, and not among the two labels of each text.", 1.5, edits={"logits.argmax(dim=1).tolist()": "logits.argmax(dim=0).tolist()", "strict=True": "strict=False"}),
        Misconception("everything_is_positive", "Every text is labelled positive. Is it the label that you look at, or the sign of a logit or a probability, which may be above zero for both?", 1.0, edits={"logits.argmax(dim=1).tolist()": "(torch.softmax(logits, dim=1)[:, 1] > 0).long().tolist()"}),
        Misconception("praise_alone", "Praise is found and the list of the negative ones is empty: every text belongs to one of the two lists.", 2.0, edits={_ADD_PLACE: "found[\"positive\"] += [place] * answer"}),
        Misconception("counted_from_one", "All places are one too large: they count from 0.", 2.0, edits={_ADD_PLACE: "found[names[answer]].append(place + 1)"}),
        Misconception("texts_returned", "The texts themselves stand in your lists; their places are asked for, whole numbers from 0.", 1.25, edits={_ADD_PLACE: "found[names[answer]].append(texts[place])"}),
        Misconception("one_list_of_labels", "A list with a label for each text comes back; a dict is asked for, with the places of either kind.", 1.25, edits={"    return found\n": "    return [int(place in found[\"positive\"]) for place in range(len(texts))]\n"}),
        Misconception("other_names", "The keys of your dict are the numbers of the labels; their names are asked for, \"positive\" and \"negative\".", 1.25, edits={"    return found\n": "    return {str(names.index(name)): places for name, places in found.items()}\n"}),
        Misconception("padding_not_masked", "A short text gets another label beside a long one: the mask is all ones, so that padding is read and pooled as if it were words.", 3.5, edits={_CALL: "logits = model(batch[\"input_ids\"], torch.ones_like(batch[\"attention_mask\"]))"}),
    ),
    alternatives=(
        Alternative("one_by_one", code=(
            "def label_films(texts):\n"
            "    rows = [r for r in sentiment_split('movies').train if len(r['text']) <= 120][:2000]\n"
            "    model, tokenizer = train_upper_layers([r['text'] for r in rows], [r['label'] for r in rows], learning_rate=3e-4)\n"
            "    model = model.eval()\n"
            "    positive, negative = [], []\n"
            "    for i, text in enumerate(texts):\n"
            "        b = tokenizer(text, truncation=True, return_tensors='pt')\n"
            "        with torch.inference_mode():\n"
            "            z = model(b['input_ids'], b['attention_mask'])[0]\n"
            "        (positive if z[1] > z[0] else negative).append(i)\n"
            "    return {'positive': positive, 'negative': negative}\n"
        )),
        Alternative("in_order_without_sorting", edits={"order = sorted(range(len(texts)), key=lambda place: len(texts[place]))": "order = list(range(len(texts)))", _TOKENS: "truncation=True, max_length=128"}),
    ),
    time_limit=180.0,
)  # fmt: skip

EVALUATION = (CONFUSION, SCORES, BOOTSTRAP, ECE, TEMPERATURE, LORA, FILMS)
