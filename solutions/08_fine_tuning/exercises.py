"""The contract of lesson 8, Fine-tuning: what each exercise is probed with, and what learners get wrong in it.

The exercises of the second half, on what a model is worth, stand in ``exercises_evaluation.py``.
"""

# Edits quote lines of the solution whole:
# ruff: noqa: E501

from __future__ import annotations

import torch

from autograder.contract import Alternative, Exercise, Lesson, Misconception, call, case, through

from .exercises_evaluation import EVALUATION

_TRIALS = "course.training_trials."


# -------------------------------------------------------------------------------------------------------------- collate
def _examples(*texts: tuple[list[int], int]) -> list[dict[str, object]]:
    return [{"input_ids": ids, "label": label} for ids, label in texts]


COLLATE = Exercise(
    name="collate",
    title="A batch with dynamic padding",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "Three lists grow in one loop over the examples: ids, masks, labels. How wide the rectangle is must be known before.",
        "For each text: how many places are missing to the longest? So many padding ids follow the tokens, and so many zeros follow the ones of the mask.",
        "`tokens + [pad_id] * missing` makes a new list and leaves the old one alone; `[1] * len(tokens) + [0] * missing` is the mask. `torch.tensor` makes int64 of lists of whole numbers.",
    ),
    cases=(
        case("by hand", call(_examples(([5, 6, 7], 1), ([8], 0))), strict_dtype=True),
        case("one text", call(_examples(([101, 2307, 102], 1))), strict_dtype=True),
        case("another padding id, which is a token too", call(_examples(([9, 3, 4, 9], 0), ([9, 9], 1), ([4], 1)), pad_id=9), strict_dtype=True),
        case("the shortest first", call(_examples(([4], 1), ([4, 5], 0), ([4, 5, 6, 7, 8], 1))), strict_dtype=True),
        case("three labels", call(_examples(([7, 1], 2), ([7, 2, 3], 0), ([7], 1), ([7, 4, 4], 2))), hidden=True, strict_dtype=True),
        case("a text of seventy tokens", call(_examples((list(range(1, 71)), 0), ([5] * 3, 1))), hidden=True, strict_dtype=True),
        case("zero is a token and seven the padding", call(_examples(([0, 0, 7], 1), ([0], 0), ([7, 0, 7, 0], 1)), pad_id=7), hidden=True, strict_dtype=True),
        case("equal lengths", call(_examples(([1, 2], 0), ([3, 4], 1))), hidden=True, strict_dtype=True),
    ),
    misconceptions=(
        Misconception("mask_from_ids", "Where a text contains the padding id as a token of its own, your mask says 0: it was made by comparing ids. Whoever pads knows how long the text was.", 1.25, edits={"mask.append([1] * len(tokens) + [0] * padding)": "mask.append([int(token != pad_id) for token in ids[-1]])"}),
        Misconception("padding_id_written_out", "Filled up with 0 always: pad_id is not used, and other tokenizers pad with another one.", 1.25, edits={"[pad_id] * padding": "[0] * padding"}),
        Misconception("padded_in_front", "Padding stands in front of the tokens; it was asked for at the end. BERT counts positions from the left, so that its tokens would get later positions.", 1.0, edits={"tokens + [pad_id] * padding": "[pad_id] * padding + tokens", "[1] * len(tokens) + [0] * padding": "[0] * padding + [1] * len(tokens)"}),
        Misconception("ids_in_front_mask_behind", "The mask says that padding comes last, and in `input_ids` it comes first. The two describe different batches.", 0.5, edits={"tokens + [pad_id] * padding": "[pad_id] * padding + tokens"}),
        Misconception("mask_of_ones", "Your mask is 1 everywhere, so that padding counts as text. Every text would change with the company that it is in.", 0.75, edits={"[0] * padding)": "[1] * padding)"}),
        Misconception("mask_padded_with_an_id", "The mask, too, is padded with pad_id, so that it holds other numbers than 0 and 1. A mask is not a list of ids: where there is padding it says 0.", 1.0, edits={"[1] * len(tokens) + [0] * padding": "[1] * len(tokens) + [pad_id] * padding"}),
        Misconception("mask_inverted", "The mask is inverted, ones and zeros have changed places: here 1 says that there is a token.", 1.0, edits={"[1] * len(tokens) + [0] * padding": "[0] * len(tokens) + [1] * padding"}),
        Misconception("always_64_wide", "Every batch is 64 wide or ends there: padding is not dynamic. The rectangle is as wide as the longest text of this batch.", 0.75, edits={"longest = max(len(example[\"input_ids\"]) for example in examples)": "longest = 64", "tokens = example[\"input_ids\"]": "tokens = example[\"input_ids\"][:64]"}),
        Misconception("cut_to_the_shortest", "The rectangle is as wide as the *shortest* text, and all others are cut off. Nothing may be lost.", 0.25, edits={"longest = max(": "longest = min(", "tokens = example[\"input_ids\"]": "tokens = example[\"input_ids\"][:longest]"}),
        Misconception("one_place_too_many", "There is one column of padding more than needed: even the longest text is padded. Compare the width with its length.", 1.0, edits={"padding = longest - len(tokens)": "padding = longest - len(tokens) + 1"}),
        Misconception("labels_as_floats", "The labels are floating-point numbers. They count classes, and cross-entropy takes float labels for probabilities.", 1.25, edits={"\"labels\": torch.tensor(labels)": "\"labels\": torch.tensor(labels, dtype=torch.float32)"}),
        Misconception("labels_in_a_column", "The labels have two dimensions, (batch, 1). One number for each text makes one dimension.", 1.25, edits={"labels.append(example[\"label\"])": "labels.append([example[\"label\"]])"}),
        Misconception("mask_of_booleans", "The mask is boolean: it holds True and False. The docstring asks for whole numbers, int64, as the tokenizer of the library gives them.", 1.5, edits={"torch.tensor(mask)": "torch.tensor(mask).bool()"}),
        Misconception("mask_of_floats", "The mask holds floating-point numbers. It counts what is there, in whole ones.", 1.5, edits={"torch.tensor(mask)": "torch.tensor(mask).float()"}),
        Misconception("lists_not_tensors", "Lists come back where tensors were asked for; a model cannot take them.", 1.0, edits={"torch.tensor(ids)": "ids", "torch.tensor(mask)": "mask", "torch.tensor(labels)": "labels"}),
        Misconception("examples_changed", "The batch is right, but the lists that came in are longer afterwards: they were filled up in place. In the next epoch their padding counts as text.", 1.0, edits={"        ids.append(tokens + [pad_id] * padding)\n": "", "        labels.append(example[\"label\"])": "        tokens.extend([pad_id] * padding)\n        ids.append(tokens)\n        labels.append(example[\"label\"])"}),
        Misconception("sorted_by_length", "The texts have changed places: they were sorted by length. Whoever calls this expects row 3 to be example 3.", 0.75, edits={"for example in examples:": "for example in sorted(examples, key=lambda e: len(e[\"input_ids\"])):"}),
        Misconception("longest_first", "The longest text stands first: the examples were sorted by length, as packed sequences want them. Whoever calls this expects row 3 to be example 3.", 0.75, edits={"for example in examples:": "for example in sorted(examples, key=lambda e: -len(e[\"input_ids\"])):"}),
        Misconception("labels_lost_their_order", "The texts are in order and the labels are sorted, so that they belong to other texts.", 0.5, edits={"torch.tensor(labels)": "torch.tensor(sorted(labels))"}),
        Misconception("key_of_an_example", "The labels stand under \"label\". In a batch the key is \"labels\": look at the docstring, and at the library's collators.", 1.5, edits={"\"labels\": torch": "\"label\": torch"}),
        Misconception("without_a_mask", "There is no \"attention_mask\" in the batch; without one the model takes padding for text.", 0.5, edits={"        \"attention_mask\": torch.tensor(mask),\n": ""}),
        Misconception("transposed", "Rows and columns have changed places: (longest, batch) in place of (batch, longest).", 1.0, edits={"torch.tensor(ids)": "torch.tensor(ids).T", "torch.tensor(mask)": "torch.tensor(mask).T"}),
    ),
    alternatives=(
        Alternative("pad_sequence", code=(
            "def collate(examples, pad_id=0):\n"
            "    rows = [torch.tensor(e['input_ids']) for e in examples]\n"
            "    pad = nn.utils.rnn.pad_sequence\n"
            "    return {\n"
            "        'input_ids': pad(rows, batch_first=True, padding_value=pad_id),\n"
            "        'attention_mask': pad([torch.ones_like(row) for row in rows], batch_first=True),\n"
            "        'labels': torch.tensor([e['label'] for e in examples]),\n"
            "    }\n"
        )),
        Alternative("filled_rectangle", code=(
            "def collate(examples, pad_id=0):\n"
            "    lengths = torch.tensor([len(e['input_ids']) for e in examples])\n"
            "    ids = torch.full((len(examples), int(lengths.max())), pad_id)\n"
            "    mask = (torch.arange(ids.shape[1]) < lengths[:, None]).long()\n"
            "    ids[mask.bool()] = torch.tensor([t for e in examples for t in e['input_ids']])\n"
            "    return dict(input_ids=ids, attention_mask=mask, labels=torch.tensor([e['label'] for e in examples]))\n"
        )),
    ),
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------- length_batches
_BATCHING = _TRIALS + "batching_facts"
BATCHES = Exercise(
    name="length_batches",
    title="Batches of texts of like length, in random order",
    points=2,
    difficulty=2,
    minutes=12,
    hints=(
        "Three things happen one after the other: rows in order of length, cut into batches, batches shuffled. And one thing before.",
        "Python's sort keeps equal ones in the order in which they were. So shuffle the rows first, and equal lengths are in random order after the sort.",
        "`random.Random(seed)` is a generator of your own with a method `shuffle`. Sort row numbers by `lengths[row]`, cut with a slice for every batch_size-th start, and shuffle the list of slices.",
    ),
    cases=(
        case("ten texts in threes", through(_BATCHING, [7, 3, 9, 3, 5, 12, 4, 8, 6, 3], 3)),
        case("all of one length", through(_BATCHING, [4] * 9, 4)),
        case("as many as fit exactly", through(_BATCHING, [9, 8, 7, 6, 5, 4, 3, 2], 2)),
        case("fewer texts than a batch holds", through(_BATCHING, [5, 2, 8], 10)),
        case("no text at all", call([], 4, 0)),
        case("forty texts in sevens", through(_BATCHING, [(37 * row) % 23 + 3 for row in range(40)], 7), hidden=True),
        case("one text a batch", through(_BATCHING, [6, 1, 9, 4, 4], 1), hidden=True),
        case("already in order", through(_BATCHING, list(range(2, 19)), 5), hidden=True),
        case("two lengths", through(_BATCHING, [3, 8] * 6, 4), hidden=True),
    ),
    misconceptions=(
        Misconception("not_sorted", "Long and short texts share your batches, so most of the rectangle is padding: the rows were not sorted by length before they were cut into batches. (Sorting inside a batch changes nothing.)", 0.5, edits={"    rows.sort(key=lambda row: lengths[row])\n": ""}),
        Misconception("batches_in_order", "The batches always come in the same order, the shortest texts first. It is they that are to be shuffled, once they are cut, not the rows inside them.", 1.0, edits={"    chance.shuffle(batches)\n": ""}),
        Misconception("always_the_same_company", "Texts of equal length share a batch with the same others whatever the seed is. They should come in random order too.", 1.25, edits={"    chance.shuffle(rows)\n": ""}),
        Misconception("nothing_random", "Every seed gives the same batches in the same order: there is no chance in it at all.", 0.75, edits={"    chance.shuffle(rows)\n": "", "    chance.shuffle(batches)\n": ""}),
        Misconception("global_generator_seeded", "The batches are right, but the global random generator was seeded for them: what others draw afterwards is changed. Make a generator of your own.", 1.0, edits={"chance = random.Random(seed)": "random.seed(seed)\n    chance = random"}),
        Misconception("global_generator_of_torch", "The batches are right, but torch's global generator was seeded for them, and with it dropout. Make a generator of your own.", 1.0, edits={"chance = random.Random(seed)": "torch.manual_seed(seed)\n    chance = random.Random(int(torch.randint(10**9, ())))"}),
        Misconception("seed_not_used", "Two calls with the same seed give different batches: the seed is not used.", 0.75, edits={"chance = random.Random(seed)": "chance = random.Random()"}),
        Misconception("seed_written_out", "All seeds give the same batches: a fixed seed stands where the argument should.", 1.0, edits={"random.Random(seed)": "random.Random(0)"}),
        Misconception("longest_first", "Where the last batch is not full, it holds the shortest texts: you cut from the longest on. The docstring says from which side.", 1.25, edits={"key=lambda row: lengths[row])": "key=lambda row: -lengths[row])"}),
        Misconception("last_batch_dropped", "Rows are missing: the last batch is left out where it is not full. Every row belongs to a batch.", 1.0, edits={"range(0, len(rows), batch_size)": "range(0, len(rows) - batch_size + 1, batch_size)"}),
        Misconception("shuffled_after_sorting", "The rows were sorted and then shuffled again, which undoes the sorting. It is the batches that are to be shuffled.", 0.5, edits={"    chance.shuffle(rows)\n": "", "    rows.sort(key=lambda row: lengths[row])\n": "    rows.sort(key=lambda row: lengths[row])\n    chance.shuffle(rows)\n"}),
        Misconception("lengths_in_place_of_rows", "Your batches hold the lengths of texts. Asked for are their row numbers, so that the texts can be found.", 0.5, edits={"return batches": "return [[lengths[row] for row in batch] for batch in batches]"}),
        Misconception("rows_from_one", "Row numbers begin at 1, so that the first text is never used and one row does not exist. They count from 0.", 1.0, edits={"return batches": "return [[row + 1 for row in batch] for batch in batches]"}),
        Misconception("one_flat_list", "All rows stand in a single list. Each batch is a list of its own.", 0.75, edits={"return batches": "return [row for batch in batches for row in batch]"}),
        Misconception("number_of_batches", "There are batch_size *batches*. The argument says how many rows each of them holds.", 0.75, edits={"batches = [rows": "batch_size = max(1, -(-len(rows) // batch_size))\n    batches = [rows"}),
        Misconception("overlapping", "Rows occur in several batches: the starts lie closer together than a batch is long.", 0.5, edits={"range(0, len(rows), batch_size)": "range(0, len(rows), max(1, batch_size - 1))"}),
        Misconception("a_length_each", "Each of your batches holds texts of one length only, so that many are smaller than batch_size. The sorted rows are cut whatever lengths come together; only the batch of the longest may be smaller.", 0.75, edits={"batches = [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]": "batches = []\n    for row in rows:\n        if batches and lengths[batches[-1][0]] == lengths[row] and len(batches[-1]) < batch_size:\n            batches[-1].append(row)\n        else:\n            batches.append([row])"}),
        Misconception("looked_up_by_length", "Where several texts are equally long, the first of them occurs several times and the others never: rows were looked up by their length, which does not say whose it is.", 0.5, edits={"    rows.sort(key=lambda row: lengths[row])\n": "    rows = [lengths.index(length) for length in sorted(lengths)]\n"}),
        Misconception("lengths_sorted_in_place", "The list of lengths that came in is sorted afterwards, so that lengths no longer belong to their rows. Sort row numbers, by their length.", 0.5, edits={"    chance.shuffle(rows)\n": "    chance.shuffle(rows)\n    lengths.sort()\n"}),
        Misconception("sorted_by_row", "The rows were sorted by their numbers, not by the lengths that belong to them.", 0.5, edits={"rows.sort(key=lambda row: lengths[row])": "rows.sort()"}),
    ),
    alternatives=(
        Alternative("torch_generator", code=(
            "def length_batches(lengths, batch_size, seed):\n"
            "    generator = torch.Generator().manual_seed(seed)\n"
            "    shuffled = torch.randperm(len(lengths), generator=generator).tolist()\n"
            "    rows = sorted(shuffled, key=lengths.__getitem__)\n"
            "    cut = [rows[i : i + batch_size] for i in range(0, len(rows), batch_size)]\n"
            "    return [cut[i] for i in torch.randperm(len(cut), generator=generator).tolist()]\n"
        )),
        Alternative("random_second_key", edits={"    chance.shuffle(rows)\n    rows.sort(key=lambda row: lengths[row])": "    rows.sort(key=lambda row: (lengths[row], chance.random()))"}),
    ),
)  # fmt: skip

# --------------------------------------------------------------------------------------------------- SentimentClassifier
_IDS = torch.tensor([[3, 7, 11, 2, 0], [5, 9, 0, 0, 0], [1, 4, 8, 13, 21]])
_MASK = torch.tensor([[1, 1, 1, 1, 0], [1, 1, 0, 0, 0], [1, 1, 1, 1, 1]])
_POOLED = "pooled = (hidden * weights).sum(dim=1) / weights.sum(dim=1)"
_HIDDEN = "self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state"
CLASSIFIER = Exercise(
    name="SentimentClassifier",
    title="A head on a pretrained encoder",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "Three parts are kept in `__init__`: the encoder that came, a dropout, a linear layer. The pooling has nothing to learn.",
        "Forward: hidden states from ids and mask, the masked mean of lesson 7, dropout, head. What the head gives is the result.",
        "Give the mask to the encoder *and* to the mean. As (batch, length, 1) of the hidden states' type it can be multiplied with them; the sum of it over the length is what to divide by.",
    ),
    cases=(
        case("what it consists of", through(_TRIALS + "classifier_parts", 2)),
        case("three texts, padded", through(_TRIALS + "classify", _IDS, _MASK)),
        case("four labels", through(_TRIALS + "classifier_parts", 4), through(_TRIALS + "classify", _IDS[:1], _MASK[:1], 4)),
        case("in training mode and in evaluation mode", through(_TRIALS + "classifier_dropout", _IDS, _MASK, 0.3)),
        case("what learns", through(_TRIALS + "classifier_gradients", _IDS, _MASK, torch.tensor([0, 1, 1]))),
        case("one text without padding", through(_TRIALS + "classify", _IDS[2:], _MASK[2:]), hidden=True),
        case("a text in other company", through(_TRIALS + "classify", _IDS[1:2, :2], _MASK[1:2, :2]), through(_TRIALS + "classify", _IDS[1:2], _MASK[1:2]), hidden=True),
        case("padding in front and in between", through(_TRIALS + "classify", _IDS, torch.tensor([[0, 1, 1, 0, 1], [0, 0, 0, 0, 1], [0, 1, 1, 1, 1]]), 3), hidden=True),
        case("another rate of dropout", through(_TRIALS + "classifier_dropout", _IDS, _MASK, 0.6), hidden=True),
    ),
    misconceptions=(
        Misconception("padding_in_the_mean", "Padded texts are off, others are right: the mean runs over all places, padding included. Only those count where the mask is 1.", 1.5, edits={_POOLED: "pooled = hidden.mean(dim=1)"}),
        Misconception("divided_by_the_width", "Padding is left out of the sum, but you divide by the width of the rectangle. Divide by how many tokens there are.", 1.75, edits={_POOLED: "pooled = (hidden * weights).sum(dim=1) / hidden.shape[1]"}),
        Misconception("sum_in_place_of_mean", "Logits grow with the length of a text: the vectors are added and not divided by their number.", 1.5, edits={_POOLED: "pooled = (hidden * weights).sum(dim=1)"}),
        Misconception("first_token", "The vector of the first token is taken. This encoder was trained for the mean over all tokens, and the docstring asks for it.", 1.5, edits={_POOLED: "pooled = hidden[:, 0]"}),
        Misconception("pooler_of_bert", "The result comes from BERT's own pooler, a layer on the first token that was trained for another game. Take the hidden states, and their mean.", 1.25, edits={f"hidden = {_HIDDEN}": "output = self.encoder(input_ids=input_ids, attention_mask=attention_mask)\n        hidden = output.last_hidden_state", _POOLED: "pooled = output.pooler_output"}),
        Misconception("largest_number", "The largest number over the tokens is taken, not the mean.", 1.25, edits={_POOLED: "pooled = hidden.masked_fill(weights == 0, float('-inf')).amax(dim=1)"}),
        Misconception("encoder_without_mask", "The mean is right, but the encoder was not told what is padding: its tokens attend to padding too. The mask goes to both.", 1.75, edits={"self.encoder(input_ids=input_ids, attention_mask=attention_mask)": "self.encoder(input_ids=input_ids)"}),
        Misconception("no_mask_at_all", "A text gives another result in other company: neither the encoder nor the mean knows which places are padding.", 1.0, edits={"self.encoder(input_ids=input_ids, attention_mask=attention_mask)": "self.encoder(input_ids=input_ids)", _POOLED: "pooled = hidden.mean(dim=1)"}),
        Misconception("mask_inverted", "The mean runs over the padding and leaves the tokens out; without padding it divides by zero.", 1.0, edits={"weights = attention_mask": "weights = (1 - attention_mask)"}),
        Misconception("softmax_applied", "Your rows sum to one: they are probabilities. Logits are asked for, as the loss applies softmax itself.", 1.75, edits={"return self.head(self.dropout(pooled))": "return self.head(self.dropout(pooled)).softmax(dim=-1)"}),
        Misconception("log_softmax_applied", "Your numbers are logarithms of probabilities. The loss would forgive it; the docstring asks for what comes out of the head.", 2.0, edits={"return self.head(self.dropout(pooled))": "return self.head(self.dropout(pooled)).log_softmax(dim=-1)"}),
        Misconception("no_dropout", "Training mode and evaluation mode give the same: there is no dropout.", 2.0, edits={"nn.Dropout(dropout)": "nn.Identity()"}),
        Misconception("rate_written_out", "Numbers are zeroed in training mode, but not at the rate that was given: a fixed one stands where the argument should.", 2.25, edits={"nn.Dropout(dropout)": "nn.Dropout(0.1)"}),
        Misconception("rate_of_keeping", "The share of zeros is one minus the rate: the rate says how many are zeroed, not how many are kept.", 2.0, edits={"nn.Dropout(dropout)": "nn.Dropout(1 - dropout)"}),
        Misconception("dropout_always_on", "Evaluation mode gives other numbers each time: dropout does not know of the mode. As a function it has to be told; as a module it knows.", 1.5, edits={"self.dropout(pooled)": "F.dropout(pooled, self.dropout.p)"}),
        Misconception("dropout_behind_the_head", "Logits are zeroed, which is as if the model had no opinion. Dropout belongs in front of the head.", 1.75, edits={"self.head(self.dropout(pooled))": "self.dropout(self.head(pooled))"}),
        Misconception("dropout_in_front_of_pooling", "Numbers of single tokens are zeroed, so that the mean is never zero, only noisy. It is the pooled vector that is asked for.", 2.0, edits={_POOLED: "pooled = (self.dropout(hidden) * weights).sum(dim=1) / weights.sum(dim=1)", "self.head(self.dropout(pooled))": "self.head(pooled)"}),
        Misconception("encoder_frozen", "The head gets a gradient and the encoder none: it was frozen. In this exercise it learns along.", 1.5, edits={"self.encoder = encoder\n": "self.encoder = encoder.requires_grad_(False)\n"}),
        Misconception("encoder_without_gradient", "The numbers are right, but no gradient reaches the encoder: its forward pass is not recorded, or was cut off from what follows.", 1.5, edits={f"hidden = {_HIDDEN}": f"with torch.no_grad():\n            hidden = {_HIDDEN}"}),
        Misconception("two_labels_always", "The head has two outputs whatever num_labels says.", 2.25, edits={"encoder.config.hidden_size, num_labels)": "encoder.config.hidden_size, 2)"}),
        Misconception("width_written_out", "The head expects a width that this encoder does not have. Ask its configuration.", 1.75, edits={"encoder.config.hidden_size, num_labels": "384, num_labels"}),
        Misconception("another_layer_in_between", "The head has more parts than a linear layer, or something bends the pooled vector before it. Look at the formula: mean, dropout, one matrix and a bias.", 1.5, edits={"self.head(self.dropout(pooled))": "self.head(self.dropout(torch.tanh(pooled)))"}),
        Misconception("head_without_bias", "The head has no bias, so that without evidence it cannot lean to the more frequent label.", 2.0, edits={"encoder.config.hidden_size, num_labels)": "encoder.config.hidden_size, num_labels, bias=False)"}),
        Misconception("encoder_copied", "The encoder inside is a copy of the one that was given. Keep the one that came: others may hold on to it.", 2.25, edits={"self.encoder = encoder\n": "import copy\n\n        self.encoder = copy.deepcopy(encoder)\n"}),
    ),
    alternatives=(
        Alternative("one_product", edits={_POOLED: "pooled = (weights / weights.sum(dim=1, keepdim=True)).transpose(1, 2).matmul(hidden).squeeze(1)"}),
        Alternative("text_by_text", edits={_POOLED: "pooled = torch.stack([one[keep.bool()].mean(dim=0) for one, keep in zip(hidden, attention_mask)])"}),
        Alternative("functional_dropout", edits={"self.dropout = nn.Dropout(dropout)": "self.rate = dropout", "self.dropout(pooled)": "F.dropout(pooled, self.rate, self.training)"}),
    ),
    time_limit=20.0,
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------ parameter_groups
_GROUPS = _TRIALS + "named_groups"
GROUPS = Exercise(
    name="parameter_groups",
    title="What is decayed and what is not",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "Go through the parameters once and sort them into two lists. What decides is how many dimensions a parameter has.",
        "`parameter.dim()` is 2 for a matrix, 1 for a bias, 0 for a single number. And a parameter that does not learn belongs in neither list.",
        "`model.parameters()` already names a shared matrix once. Keep those with `requires_grad`, and return two dicts with the keys that AdamW knows: params, weight_decay.",
    ),
    cases=(
        case("all sorts of parameters", through(_GROUPS, 0.01)),
        case("a part is frozen", through(_GROUPS, 0.1, ["words", "attention", "norm"])),
        case("two modules share a matrix", through(_GROUPS, 0.05, [], True)),
        case("another weight decay", through(_GROUPS, 0.3), hidden=True),
        case("shared and frozen", through(_GROUPS, 0.02, ["LayerNorm", "convolution"], True), hidden=True),
        case("only the head learns", through(_GROUPS, 0.2, ["words", "norm", "attention", "LayerNorm", "bias_table", "convolution", "gate"]), hidden=True),
    ),
    misconceptions=(
        Misconception("everything_decayed", "All parameters are decayed, biases and normalizations too. Those of fewer than two dimensions get 0.", 0.75, edits={"\"weight_decay\": 0.0": "\"weight_decay\": weight_decay"}),
        Misconception("nothing_decayed", "No group has the weight decay that was given.", 0.5, edits={"\"weight_decay\": weight_decay": "\"weight_decay\": 0.0"}),
        Misconception("changed_places", "The matrices are spared and the biases are decayed: the two groups have changed places.", 0.75, edits={"decayed, \"weight_decay\": weight_decay": "decayed, \"weight_decay\": 0.0", "others, \"weight_decay\": 0.0": "others, \"weight_decay\": weight_decay"}),
        Misconception("frozen_included", "Frozen parameters stand in the groups. They get no gradient; leave them out, so that the optimizer keeps no state for them.", 1.25, edits={" if parameter.requires_grad]": "]"}),
        Misconception("only_biases_spared", "The scales of normalizations are decayed: only what is called a bias was spared. Go by the dimensions, not by names.", 1.0, edits={"learning = [parameter for parameter in model.parameters() if parameter.requires_grad]": "named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]", "[parameter for parameter in learning if parameter.dim() >= 2]": "[p for name, p in named if not name.endswith('bias')]", "[parameter for parameter in learning if parameter.dim() < 2]": "[p for name, p in named if name.endswith('bias')]"}),
        Misconception("names_of_bert", "What BERT calls a bias or a LayerNorm is spared, and normalizations of another name are decayed (or a table whose name contains the word is not). Go by the dimensions.", 1.25, edits={"learning = [parameter for parameter in model.parameters() if parameter.requires_grad]": "named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]\n    spared = ('bias', 'LayerNorm.weight')", "[parameter for parameter in learning if parameter.dim() >= 2]": "[p for name, p in named if not any(part in name for part in spared)]", "[parameter for parameter in learning if parameter.dim() < 2]": "[p for name, p in named if any(part in name for part in spared)]"}),
        Misconception("norm_by_name", "What is called norm is spared, and a scale of another name is decayed. Go by the dimensions.", 1.25, edits={"learning = [parameter for parameter in model.parameters() if parameter.requires_grad]": "named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]", "[parameter for parameter in learning if parameter.dim() >= 2]": "[p for name, p in named if not (name.endswith('bias') or 'norm' in name.lower())]", "[parameter for parameter in learning if parameter.dim() < 2]": "[p for name, p in named if name.endswith('bias') or 'norm' in name.lower()]"}),
        Misconception("second_group_missing", "Biases and normalizations are in no group, so that they never learn. They want a group too, without decay.", 0.75, edits={"        {\"params\": others, \"weight_decay\": 0.0},\n": ""}),
        Misconception("single_numbers_lost", "A parameter without a dimension, a single number, is in no group and never learns. Fewer than two dimensions are one *or none*.", 1.5, edits={"parameter.dim() < 2": "parameter.dim() == 1"}),
        Misconception("three_dimensions_lost", "A convolution's weight has three dimensions and is in no group. Two *or more* are decayed.", 1.5, edits={"parameter.dim() >= 2": "parameter.dim() == 2"}),
        Misconception("three_dimensions_spared", "A convolution's weight has three dimensions and is not decayed. Two *or more* are.", 1.5, edits={"parameter.dim() >= 2": "parameter.dim() == 2", "parameter.dim() < 2": "parameter.dim() != 2"}),
        Misconception("vectors_decayed", "Biases and scales are decayed: they have one dimension, and only what has none was spared.", 1.0, edits={"parameter.dim() >= 2": "parameter.dim() >= 1", "parameter.dim() < 2": "parameter.dim() < 1"}),
        Misconception("shared_twice", "A matrix that two modules share stands in a group twice, and would be stepped twice. Ask the model for its parameters as it offers them: it names a shared one once.", 1.25, edits={"for parameter in model.parameters() if": "for _, parameter in model.named_parameters(remove_duplicate=False) if"}),
        Misconception("equal_numbers_once", "Parameters are missing: two that hold equal numbers, as two biases of zeros do, count as one. Shared means the same object, not the same value.", 1.0, edits={"learning = [parameter for parameter in model.parameters() if parameter.requires_grad]": "learning = []\n    for p in model.parameters():\n        if p.requires_grad and not any(p.shape == q.shape and torch.equal(p, q) for q in learning):\n            learning.append(p)"}),
        Misconception("gradient_already_there", "Your groups are empty: you took the parameters that have a gradient already, and before the first backward pass none has. What learns is known by another attribute.", 0.5, edits={"learning = [parameter for parameter in model.parameters() if parameter.requires_grad]": "learning = [parameter for parameter in model.parameters() if parameter.grad is not None]"}),
        Misconception("first_dimension", "A vector is decayed and a matrix with a single row is not: you looked at the size of the first dimension, which `len` gives, and not at the number of dimensions.", 1.0, edits={"parameter.dim() >= 2": "parameter.dim() and len(parameter) >= 2", "parameter.dim() < 2": "not parameter.dim() or len(parameter) < 2"}),
        Misconception("more_than_two", "Only the convolution's weight is decayed and all matrices are spared: two dimensions or more are decayed, not more than two.", 1.0, edits={"parameter.dim() >= 2": "parameter.dim() > 2", "parameter.dim() < 2": "parameter.dim() <= 2"}),
        Misconception("decay_left_out", "A group says nothing of weight_decay, so that the default of AdamW, 0.01, acts on what should be spared.", 1.25, edits={"\"params\": others, \"weight_decay\": 0.0": "\"params\": others"}),
        Misconception("tensors_of_the_state", "Your groups hold tensors that are not the model's parameters: `state_dict` gives detached ones (and buffers), which an optimizer steps in vain. Frozen ones are among them, too.", 0.5, edits={"learning = [parameter for parameter in model.parameters() if parameter.requires_grad]": "learning = list(model.state_dict().values())"}),
        Misconception("linear_layers_only", "Only the matrices of linear layers are decayed. Tables and convolutions have two or more dimensions as well.", 1.0, edits={"decayed = [parameter for parameter in learning if parameter.dim() >= 2]": "linear = {id(m.weight) for m in model.modules() if isinstance(m, nn.Linear)}\n    decayed = [parameter for parameter in learning if id(parameter) in linear]", "[parameter for parameter in learning if parameter.dim() < 2]": "[parameter for parameter in learning if id(parameter) not in linear]"}),
        Misconception("tables_spared", "Embedding tables are not decayed. They have two dimensions; the rule of this exercise makes no exception.", 1.25, edits={"decayed = [parameter for parameter in learning if parameter.dim() >= 2]": "tables = {id(m.weight) for m in model.modules() if isinstance(m, nn.Embedding)}\n    decayed = [parameter for parameter in learning if parameter.dim() >= 2 and id(parameter) not in tables]", "[parameter for parameter in learning if parameter.dim() < 2]": "[parameter for parameter in learning if parameter.dim() < 2 or id(parameter) in tables]"}),
        Misconception("decay_written_out", "The decay is 0.01 whatever was given.", 1.25, edits={"\"weight_decay\": weight_decay": "\"weight_decay\": 0.01"}),
        Misconception("own_parameters_only", "Only what the model holds directly is there; the parameters of its modules are missing.", 0.5, edits={"model.parameters()": "model.parameters(recurse=False)"}),
        Misconception("names_in_place_of_parameters", "The groups hold names. An optimizer needs the parameters themselves.", 0.75, edits={"learning = [parameter for parameter in model.parameters() if parameter.requires_grad]": "named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]", "[parameter for parameter in learning if parameter.dim() >= 2]": "[name for name, p in named if p.dim() >= 2]", "[parameter for parameter in learning if parameter.dim() < 2]": "[name for name, p in named if p.dim() < 2]"}),
        Misconception("another_key", "A group has a key that AdamW does not know, so that it uses a decay of its own. Look at the docstring for the two keys.", 1.25, edits={"\"weight_decay\": weight_decay": "\"decay\": weight_decay", "\"weight_decay\": 0.0": "\"decay\": 0.0"}),
        Misconception("size_in_place_of_dimensions", "Small matrices are spared: what counts is how many *dimensions* a parameter has, not how many numbers.", 1.0, edits={"parameter.dim() >= 2": "parameter.numel() >= 20", "parameter.dim() < 2": "parameter.numel() < 20"}),
    ),
    alternatives=(
        Alternative("one_pass", code=(
            "def parameter_groups(model, weight_decay):\n"
            "    groups = [{'params': [], 'weight_decay': 0.0}, {'params': [], 'weight_decay': weight_decay}]\n"
            "    for _, p in model.named_parameters():\n"
            "        if p.requires_grad:\n"
            "            groups[p.ndim > 1]['params'].append(p)\n"
            "    return groups\n"
        )),
        Alternative("a_group_each", code=(
            "def parameter_groups(model, weight_decay):\n"
            "    return [{'params': [p], 'weight_decay': weight_decay if len(p.shape) > 1 else 0.0}\n"
            "            for p in model.parameters() if p.requires_grad]\n"
        )),
    ),
)  # fmt: skip

# -------------------------------------------------------------------------------------------------- learning_rate_factor
_DECAY = "(total_steps - step) / (total_steps - warmup_steps)"
FACTOR = Exercise(
    name="learning_rate_factor",
    title="Warm-up and linear decay",
    points=1,
    difficulty=1,
    minutes=6,
    hints=(
        "Two branches, as in the formula: before the end of the warm-up, and after it.",
        "In the second branch, look at both ends: with step = warmup_steps the fraction is 1, with step = total_steps it is 0, and then it stays 0.",
        "The first branch needs no protection against a warm-up of 0: no step is smaller than that. Ask for the end before you divide, and the second needs none either.",
    ),
    cases=(
        case("the steps by hand", *(call(step, 4, 12) for step in (0, 1, 4, 8, 12))),
        case("without a warm-up", *(call(step, 0, 5) for step in (0, 1, 4, 5))),
        case("beyond the end", call(13, 4, 12), call(500, 10, 100)),
        case("nothing but a warm-up", *(call(step, 6, 6) for step in (0, 3, 5, 6, 7))),
        case("a long run", *(call(step, 100, 1000) for step in (0, 1, 50, 99, 100, 101, 550, 999, 1000)), hidden=True),
        case("a single step", call(0, 0, 1), call(1, 0, 1), call(0, 1, 1), call(1, 1, 1), hidden=True),
        case("odd numbers", *(call(step, 3, 10) for step in range(12)), hidden=True),
    ),
    misconceptions=(
        Misconception("warm_up_from_one", "Your warm-up begins one step too high: step counts the steps that *have been* made, so that the first factor is 0.", 0.5, edits={"return step / warmup_steps": "return (step + 1) / warmup_steps"}),
        Misconception("no_warm_up", "There is no warm-up: the factor is 1 from the start.", 0.5, edits={"return step / warmup_steps": "return 1.0"}),
        Misconception("whole_division", "The factor is 0 all through the warm-up and then leaps to 1: a division cut the fraction off.", 0.5, edits={"step / warmup_steps": "step // warmup_steps"}),
        Misconception("whole_division_everywhere", "Your factor is 0 or 1 and nothing in between: whole-number division (//) cuts every fraction off, on the way up and on the way down.", 0.25, edits={"step / warmup_steps": "step // warmup_steps", "(total_steps - step) / (": "(total_steps - step) // ("}),
        Misconception("stays_at_one", "With a warm-up as long as the run, your factor stays at 1 after the end. From total_steps on it is 0, however long the warm-up was.", 0.75, edits={"if step >= total_steps:": "if step >= total_steps == warmup_steps:\n        return 1.0\n    if step >= total_steps:"}),
        Misconception("warm_up_in_per_cent", "Your warm-up ends somewhere else: warmup_steps was taken for per cent of the run. It is a number of steps.", 0.25, code=(
            "def learning_rate_factor(step, warmup_steps, total_steps):\n"
            "    warm = total_steps * warmup_steps / 100\n"
            "    if step < warm:\n"
            "        return step / warm\n"
            "    return 0.0 if step >= total_steps else (total_steps - step) / (total_steps - warm)\n"
        )),
        Misconception("zero_one_step_early", "The line reaches 0 one step early, at total_steps - 1: the first factor of the decay is right and the rest is too small.", 0.5, code=(
            "def learning_rate_factor(step, warmup_steps, total_steps):\n"
            "    last = total_steps - 1\n"
            "    if step < warmup_steps:\n"
            "        return step / warmup_steps\n"
            "    return 0.0 if step >= last else (last - step) / (last - warmup_steps)\n"
        )),
        Misconception("decay_over_all_steps", "At the end of the warm-up the factor jumps down from 1: the line down was drawn from the very first step. It begins where the warm-up ends.", 0.5, edits={_DECAY: "(total_steps - step) / total_steps"}),
        Misconception("no_decay", "After the warm-up the factor stays at 1. It should come down in a straight line to 0.", 0.5, edits={_DECAY: "1.0"}),
        Misconception("rises_on", "After the warm-up the factor begins at 0 and rises to 1: the line runs the wrong way.", 0.25, edits={_DECAY: "(step - warmup_steps) / (total_steps - warmup_steps)"}),
        Misconception("both_multiplied", "Warm-up and decay are multiplied, so that the decay takes part from the first step and the factor never reaches 1.", 0.5, edits={"return step / warmup_steps": "return step / warmup_steps * (total_steps - step) / total_steps", _DECAY: "(total_steps - step) / total_steps"}),
        Misconception("below_zero", "Beyond the last step the factor is negative, which would go uphill; and with a warm-up as long as the run it divides by zero.", 0.75, edits={"if step >= total_steps:": "if step < 0:"}),
        Misconception("stays_up_at_the_end", "With a warm-up as long as the run, your fraction divides by zero at total_steps. The end belongs to the part where the factor is 0.", 0.75, edits={"step >= total_steps": "step > total_steps"}),
        Misconception("one_step_early", "The line comes down one step too early: with step = warmup_steps the factor is still 1.", 0.75, edits={"(total_steps - step)": "(total_steps - step - 1)"}),
        Misconception("cosine", "Your factor comes down along a cosine. That is a schedule too; a straight line is asked for here.", 0.5, edits={f"return {_DECAY}": "return 0.5 * (1 + __import__('math').cos(3.141592653589793 * (step - warmup_steps) / (total_steps - warmup_steps)))"}),
        Misconception("inverse_root", "After the warm-up your factor falls like one over a root, as in the paper of the first Transformer. A straight line is asked for.", 0.5, edits={_DECAY: "(max(warmup_steps, 1) / max(step, 1)) ** 0.5"}),
        Misconception("zero_divided", "With a warm-up of 0 the first call divides by zero: the first branch is taken where it does not apply.", 0.75, edits={"if step < warmup_steps:": "if step <= warmup_steps:"}),
        Misconception("never_quite_zero", "The factor stops at a tenth. The last step should come to rest at 0.", 0.5, edits={"return 0.0": "return 0.1", f"return {_DECAY}": f"return max(0.1, {_DECAY})"}),
        Misconception("squared", "Ends and peak are right, and in between the factor is too small: the line is bent.", 0.5, edits={f"return {_DECAY}": f"return ({_DECAY}) ** 2"}),
        Misconception("warm_up_added", "The line down ends warmup_steps too late: total_steps counts all steps, those of the warm-up included.", 0.5, edits={_DECAY: "(total_steps + warmup_steps - step) / total_steps"}),
    ),
    alternatives=(
        Alternative("smaller_of_two_lines", code=(
            "def learning_rate_factor(step, warmup_steps, total_steps):\n"
            "    up = step / max(1, warmup_steps) if step < warmup_steps else 1.0\n"
            "    down = 1.0 if step < warmup_steps else max(0, total_steps - step) / max(1, total_steps - warmup_steps)\n"
            "    return min(up, down)\n"
        )),
        Alternative("of_the_library", code=(
            "def learning_rate_factor(step, warmup_steps, total_steps):\n"
            "    from transformers import get_linear_schedule_with_warmup\n"
            "    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(()))], lr=1.0)\n"
            "    return get_linear_schedule_with_warmup(optimizer, warmup_steps, total_steps).lr_lambdas[0](step)\n"
        )),
    ),
)  # fmt: skip

# --------------------------------------------------------------------------------------------------------- training_step
_STEPPED = _TRIALS + "stepped"
_PART = "part = F.cross_entropy(logits, batch[\"labels\"], reduction=\"sum\") / total"
_CLIP = "norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm)"
STEP = Exercise(
    name="training_step",
    title="One step: accumulate, clip, step",
    points=4,
    difficulty=3,
    minutes=18,
    hints=(
        "Write down the order first: what happens once before the loop, what for each micro-batch, what once behind it.",
        "`backward()` adds. If each micro-batch contributes the *sum* of its losses, divided by the number of all texts, the gradients add up to that of the large batch.",
        "Count all texts first. `F.cross_entropy(…, reduction=\"sum\")` gives the sum of a micro-batch. `nn.utils.clip_grad_norm_` clips and returns the length from before. Then step.",
    ),
    cases=(
        case("one batch", through(_STEPPED, [[4]], 100.0)),
        case("two micro-batches of unequal size", through(_STEPPED, [[2, 6]], 100.0)),
        case("a gradient that must be clipped", through(_STEPPED, [[4]], 0.05)),
        case("two steps, one after the other", through(_STEPPED, [[3], [5]], 100.0)),
        case("old gradients lie about", through(_STEPPED, [[3, 1]], 100.0, stale=True)),
        case("three micro-batches that are clipped together", through(_STEPPED, [[3, 1, 4]], 0.08)),
        case("large weights", through(_STEPPED, [[5]], 100.0, scale=20.0)),
        case("a model in evaluation mode", through(_STEPPED, [[2, 3]], 100.0, training=False)),
        case("micro-batches that are clipped together", through(_STEPPED, [[1, 5, 2]], 0.1), hidden=True),
        case("three steps of several micro-batches", through(_STEPPED, [[2, 1], [4, 4, 1], [3]], 0.2, rate=0.5), hidden=True),
        case("a limit that is never reached", through(_STEPPED, [[7, 3]], 1e6), hidden=True),
        case("evaluation mode, clipped", through(_STEPPED, [[3, 2], [4]], 0.1, training=False), hidden=True),
        case("many of one text each", through(_STEPPED, [[1] * 6], 0.15, stale=True), hidden=True),
    ),
    misconceptions=(
        Misconception("mean_of_the_means", "Micro-batches of unequal size come out wrong: you averaged their means, so that a text in a small one counts for more. Each text should count the same.", 2.0, edits={_PART: "part = F.cross_entropy(logits, batch[\"labels\"]) / len(micro_batches)"}),
        Misconception("means_added", "With several micro-batches the gradient is too long, with one it is right: their mean losses were added up and nothing divides by how many texts there are.", 1.5, edits={_PART: "part = F.cross_entropy(logits, batch[\"labels\"])"}),
        Misconception("sums_added", "Loss and gradient grow with the number of texts: losses are summed and nothing divides by the number of texts.", 1.5, edits={_PART: "part = F.cross_entropy(logits, batch[\"labels\"], reduction=\"sum\")"}),
        Misconception("sum_behind_the_mean", "The loss is right, and the gradient is too long, by the number of texts: you went backward from the sum, and only the number that is returned was divided.", 2.0, edits={_PART: "part = F.cross_entropy(logits, batch[\"labels\"], reduction=\"sum\")", "part.item()": "part.item() / total"}),
        Misconception("mean_divided_by_all", "The loss is too small: each micro-batch's *mean* is divided by the number of all texts, which divides twice.", 1.5, edits={_PART: "part = F.cross_entropy(logits, batch[\"labels\"]) / total"}),
        Misconception("gradients_never_forgotten", "The first step is right, and the second one goes along the sum of both gradients: the old ones were never cleared.", 2.0, edits={"    optimizer.zero_grad()\n": ""}),
        Misconception("forgotten_only_at_the_end", "Gradients are cleared, but only after the step. What lies there from before the first call still counts.", 3.0, edits={"    optimizer.zero_grad()\n": "", "    optimizer.step()\n": "    optimizer.step()\n    optimizer.zero_grad()\n"}),
        Misconception("only_the_last_micro_batch", "Only the last micro-batch is learned from: the gradients are forgotten before each of them. Once per step is enough.", 1.5, edits={"    optimizer.zero_grad()\n": "", "        logits = model(": "        optimizer.zero_grad()\n        logits = model("}),
        Misconception("forgotten_before_the_step", "No weight changes: the gradients are set to zero between the backward pass and the step.", 0.5, edits={"    optimizer.zero_grad()\n": "", "    optimizer.step()\n": "    optimizer.zero_grad()\n    optimizer.step()\n"}),
        Misconception("a_step_per_micro_batch", "The optimizer steps once for each micro-batch. Accumulation means: many backward passes, one step.", 1.5, edits={"    optimizer.step()\n": "", f"    {_CLIP}\n": "", "        loss += part.item()\n": f"        loss += part.item()\n        {_CLIP}\n        optimizer.step()\n"}),
        Misconception("a_step_of_its_own_each", "Every micro-batch makes a step of its own, with its own gradient. Accumulation means that they make one step together.", 1.25, edits={"    optimizer.zero_grad()\n": "", "        logits = model(": "        optimizer.zero_grad()\n        logits = model(", _PART: "part = F.cross_entropy(logits, batch[\"labels\"])", "loss += part.item()\n": "loss += part.item() * len(batch[\"labels\"]) / total\n        norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm)\n        optimizer.step()\n", f"    {_CLIP}\n    optimizer.step()\n": ""}),
        Misconception("clipped_in_the_loop", "The gradient is clipped after each micro-batch, when it is not complete, so that its direction changes. Clip once, when all have been added.", 2.0, edits={f"    {_CLIP}\n": "", "        loss += part.item()\n": f"        loss += part.item()\n        {_CLIP}\n"}),
        Misconception("not_clipped", "A long gradient is stepped along in full: it is never shortened, or only behind the step, when it has been used.", 2.0, edits={"model.parameters(), max_norm)": "model.parameters(), float('inf'))"}),
        Misconception("clipped_number_by_number", "Each number of the gradient is limited by itself, so that the direction changes. The *length* of the whole gradient is to be limited.", 1.5, edits={_CLIP: "norm = torch.linalg.vector_norm(torch.cat([p.grad.flatten() for p in model.parameters()]))\n    nn.utils.clip_grad_value_(model.parameters(), max_norm)"}),
        Misconception("clipped_parameter_by_parameter", "Each parameter's gradient is clipped by itself. It is the gradient of all of them together, as one long vector, whose length counts.", 1.5, edits={_CLIP: "norm = torch.linalg.vector_norm(torch.cat([p.grad.flatten() for p in model.parameters()]))\n    for parameter in model.parameters():\n        nn.utils.clip_grad_norm_(parameter, max_norm)"}),
        Misconception("always_as_long_as_the_limit", "Short gradients are made longer: every gradient gets the length max_norm. Only those that are longer should change.", 1.5, edits={_CLIP: "norm = torch.linalg.vector_norm(torch.cat([p.grad.flatten() for p in model.parameters()]))\n    for parameter in model.parameters():\n        parameter.grad *= max_norm / norm"}),
        Misconception("limit_written_out", "The gradient is always clipped to a length of 1. The argument says to which.", 2.5, edits={"model.parameters(), max_norm)": "model.parameters(), 1.0)"}),
        Misconception("length_after_clipping", "The step is right, but the length that comes back is never more than max_norm: it was measured after clipping. Before it, it tells when a gradient is out of the ordinary.", 3.0, edits={"return loss, norm.item()": "return loss, min(norm.item(), max_norm)"}),
        Misconception("loss_of_the_last_micro_batch", "The step is right, but the loss that comes back is that of the last micro-batch alone, or its share of it.", 3.0, edits={"loss += part.item()": "loss = part.item()"}),
        Misconception("loss_summed_up", "The step is right, but the loss that comes back is a sum over texts and grows with their number. The mean was asked for.", 3.0, edits={"loss += part.item()": "loss += part.item() * total"}),
        Misconception("loss_after_the_step", "The step is right, but the loss was computed afresh behind it: it is to be the one that the gradient belongs to.", 2.5, edits={"    return loss, norm.item()": "    loss = 0.0\n    for batch in micro_batches:\n        logits = model(batch[\"input_ids\"], batch[\"attention_mask\"])\n        loss += F.cross_entropy(logits, batch[\"labels\"], reduction=\"sum\").item() / total\n    return loss, norm.item()"}),
        Misconception("never_stepped", "Gradients are there, and no weight changes: the optimizer is not asked to step.", 1.0, edits={"    optimizer.step()\n": ""}),
        Misconception("no_backward_pass", "The gradient is empty: the loss was computed, but nobody went backward from it.", 0.5, edits={"        part.backward()\n": ""}),
        Misconception("mask_not_handed_on", "Loss and gradient are off wherever texts are padded: the model was told that all places are tokens.", 1.5, edits={"batch[\"attention_mask\"])": "torch.ones_like(batch[\"attention_mask\"]))"}),
        Misconception("softmax_twice", "The loss is too near to that of guessing: the logits went through softmax before cross-entropy, which applies it itself.", 1.5, edits={"F.cross_entropy(logits,": "F.cross_entropy(logits.softmax(dim=-1),"}),
        Misconception("results_changed_places", "The two numbers have changed places: first the loss, then the length of the gradient.", 3.0, edits={"return loss, norm.item()": "return norm.item(), loss"}),
        Misconception("loss_alone", "The loss alone comes back. The length of the gradient is asked for too.", 3.0, edits={"return loss, norm.item()": "return loss"}),
        Misconception("training_mode_set", "A model in evaluation mode is in training mode afterwards: the step set the mode. Who calls it decides on that.", 3.0, edits={"    optimizer.zero_grad()\n": "    optimizer.zero_grad()\n    model.train()\n"}),
        Misconception("evaluation_mode_left", "A model in training mode is in evaluation mode afterwards, so that the next step goes without dropout. A step leaves the mode as it is.", 3.0, edits={"    optimizer.step()\n": "    optimizer.step()\n    model.eval()\n"}),
    ),
    alternatives=(
        Alternative("weighted_means", edits={_PART: "part = F.cross_entropy(logits, batch[\"labels\"]) * (len(batch[\"labels\"]) / total)"}),
        Alternative("scaled_afterwards", code=(
            "def training_step(model, micro_batches, optimizer, max_norm=1.0):\n"
            "    for p in model.parameters():\n"
            "        p.grad = None\n"
            "    texts, summed = 0, 0.0\n"
            "    for b in micro_batches:\n"
            "        loss = F.cross_entropy(model(b['input_ids'], b['attention_mask']), b['labels'], reduction='sum')\n"
            "        loss.backward()\n"
            "        texts, summed = texts + len(b['labels']), summed + loss.detach()\n"
            "    grads = [p.grad for p in model.parameters() if p.grad is not None]\n"
            "    for g in grads:\n"
            "        g /= texts\n"
            "    norm = torch.sqrt(sum((g**2).sum() for g in grads))\n"
            "    if norm > max_norm:\n"
            "        for g in grads:\n"
            "            g *= max_norm / norm\n"
            "    optimizer.step()\n"
            "    return float(summed / texts), float(norm)\n"
        )),
        Alternative("one_backward_pass", code=(
            "def training_step(model, micro_batches, optimizer, max_norm=1.0):\n"
            "    optimizer.zero_grad(set_to_none=False)\n"
            "    losses = [F.cross_entropy(model(b['input_ids'], b['attention_mask']), b['labels'], reduction='none') for b in micro_batches]\n"
            "    loss = torch.cat(losses).mean()\n"
            "    loss.backward()\n"
            "    norm = nn.utils.clip_grad_norm_(list(model.parameters()), max_norm)\n"
            "    optimizer.step()\n"
            "    return loss.item(), norm.item()\n"
        )),
    ),
    time_limit=20.0,
)  # fmt: skip

# ----------------------------------------------------------------------------------------------------------- train_epoch
_EPOCH = _TRIALS + "epoch"
EPOCH = Exercise(
    name="train_epoch",
    title="An epoch: modes, schedule, what is left over",
    points=3,
    difficulty=2,
    minutes=14,
    hints=(
        "Collect batches in a list until there are enough for a step, make it, and begin a new list. What stands in the list at the end is a step too.",
        "What belongs to a step: note the learning rate, call training_step, move the schedule, keep the loss, report. The modes are set once, before and behind everything.",
        "The rate stands in `optimizer.param_groups[0][\"lr\"]`; the scheduler changes it, so read it before. `report` may be None.",
    ),
    cases=(
        case("three batches", through(_EPOCH, [4, 4, 2])),
        case("five batches, two to a step", through(_EPOCH, [3, 3, 2, 2, 4], 2)),
        case("two epochs, nobody is told", through(_EPOCH, [2, 3], 1, 2, report=False)),
        case("fewer batches than a step takes", through(_EPOCH, [2, 1], 5)),
        case("no batch at all", through(_EPOCH, [], training=True)),
        case("a model in training mode", through(_EPOCH, [3, 3], 1, training=True)),
        case("seven batches, three to a step", through(_EPOCH, [1, 4, 2, 3, 3, 2, 5], 3), hidden=True),
        case("as many as fit exactly", through(_EPOCH, [2, 3, 4, 1], 2), hidden=True),
        case("three epochs of several steps", through(_EPOCH, [2, 2, 1], 2, 3, report=True, training=True), hidden=True),
    ),
    misconceptions=(
        Misconception("never_in_training_mode", "The model is never put into training mode and trains in the mode in which it came: after an evaluation, dropout stays off for the rest of the training.", 2.0, edits={"    model.train()\n": ""}),
        Misconception("left_in_training_mode", "Training is right, but the model is left in training mode: whoever measures next, measures with dropout.", 2.0, edits={"    model.eval()\n": ""}),
        Misconception("earlier_mode_restored", "The model is put back into the mode in which it came. It is to be left in evaluation mode, whatever it was before.", 2.25, edits={"    model.train()\n": "    before = model.training\n    model.train()\n", "    model.eval()\n": "    model.train(before)\n"}),
        Misconception("trained_in_evaluation_mode", "The modes have changed places: it trains without dropout and is left with it.", 1.0, edits={"    model.train()\n": "    model.train(False)\n", "    model.eval()\n": "    model.train(True)\n"}),
        Misconception("schedule_per_batch", "The learning rate comes down too fast when batches are accumulated: the schedule moves for every batch. It counts steps of the optimizer.", 1.75, edits={"        scheduler.step()\n": "", "        waiting.append(batch)\n        if len(waiting) == accumulate:\n            make_step()\n": "        waiting.append(batch)\n        if len(waiting) == accumulate:\n            make_step()\n        scheduler.step()\n"}),
        Misconception("schedule_per_epoch", "The learning rate is the same all through an epoch: the schedule moves once at its end. It counts steps of the optimizer.", 1.5, edits={"        scheduler.step()\n": "", "    model.eval()\n": "    model.eval()\n    scheduler.step()\n"}),
        Misconception("schedule_stands_still", "The learning rate never changes: the schedule is not moved.", 1.5, edits={"        scheduler.step()\n": ""}),
        Misconception("schedule_before_the_step", "Each step is made with the learning rate of the next one: the schedule moves before the optimizer. The first rate is never used.", 1.75, edits={"        scheduler.step()\n": "", "        rate = optimizer": "        scheduler.step()\n        rate = optimizer"}),
        Misconception("rest_dropped", "The batches that are left over at the end are not used: texts of the last, smaller step are never learned from.", 1.75, edits={"    if waiting:\n        make_step()\n": ""}),
        Misconception("first_step_too_small", "Your first step has one batch only, and all others come too late: the batches are counted from 0, and a remainder of 0 is met by the very first.", 1.5, edits={"for batch in batches:": "for number, batch in enumerate(batches):", "if len(waiting) == accumulate:": "if number % accumulate == 0:"}),
        Misconception("no_batches_no_evaluation_mode", "Without any batches the model stays in training mode: the function returns early. It is left in evaluation mode in every case.", 2.5, edits={"    model.train()\n": "    batches = list(batches)\n    if not batches:\n        return []\n    model.train()\n"}),
        Misconception("rate_of_the_last_group", "The rate that is reported is that of the optimizer's last group; that of the first one is asked for.", 2.25, edits={"optimizer.param_groups[0]": "optimizer.param_groups[-1]"}),
        Misconception("rest_without_schedule", "The last step, on what was left over, does not move the schedule as every other step does.", 2.25, edits={"    if waiting:\n        make_step()\n": "    if waiting:\n        rate = optimizer.param_groups[0][\"lr\"]\n        losses.append(training_step(model, waiting, optimizer, max_norm)[0])\n        if report is not None:\n            report(losses[-1], rate)\n"}),
        Misconception("an_empty_step_at_the_end", "Where the batches come out even, one step too many is made at the end, on nothing: it is made even if nothing is left over.", 1.75, edits={"    if waiting:\n        make_step()\n": "    make_step()\n"}),
        Misconception("accumulation_ignored", "Every batch makes a step of its own, whatever accumulate says.", 1.5, edits={"if len(waiting) == accumulate:": "if waiting:"}),
        Misconception("one_batch_too_many", "A step takes one batch more than accumulate says: it is made when the list is already longer.", 1.5, edits={"len(waiting) == accumulate": "len(waiting) > accumulate"}),
        Misconception("old_batches_kept", "From the second step on all earlier batches take part again: the list of those that wait is never emptied.", 1.25, edits={"        waiting.clear()\n": "", "len(waiting) == accumulate": "len(waiting) % accumulate == 0"}),
        Misconception("only_the_last_of_a_group", "Each step learns from the last batch of its group alone; the others are passed over.", 1.25, edits={"training_step(model, waiting, optimizer, max_norm)": "training_step(model, waiting[-1:], optimizer, max_norm)"}),
        Misconception("limit_not_handed_on", "Steps are longer than max_norm allows: the limit is not handed on, and the default counts.", 2.25, edits={"training_step(model, waiting, optimizer, max_norm)": "training_step(model, waiting, optimizer)"}),
        Misconception("next_rate_reported", "The rate that is reported is that of the *next* step: it was read after the schedule had moved.", 2.25, edits={"        rate = optimizer.param_groups[0][\"lr\"]\n": "", "        losses.append(loss)\n": "        losses.append(loss)\n        rate = optimizer.param_groups[0][\"lr\"]\n"}),
        Misconception("nobody_is_told", "`report` is never called: whoever wants to watch the training sees nothing.", 2.0, edits={"            report(loss, rate)": "            pass"}),
        Misconception("somebody_must_listen", "Without `report` it fails: None is called as if it were a function.", 2.0, edits={"        if report is not None:\n            report(loss, rate)": "        report(loss, rate)"}),
        Misconception("reported_once_an_epoch", "`report` is called once, at the end. It is to be called after each step: curves want points.", 1.75, edits={"        if report is not None:\n            report(loss, rate)\n": "", "    model.eval()\n": "    model.eval()\n    if report is not None and losses:\n        report(losses[-1], optimizer.param_groups[0][\"lr\"])\n"}),
        Misconception("report_turned_round", "`report` gets the rate first and the loss second; the docstring has them the other way round.", 2.25, edits={"            report(loss, rate)": "            report(rate, loss)"}),
        Misconception("mean_loss_returned", "One number comes back, the mean. Asked for is the loss of each step, in a list.", 2.25, edits={"return losses": "return sum(losses) / max(1, len(losses))"}),
        Misconception("last_loss_returned", "One number comes back, the last loss. Asked for is the loss of each step, in a list.", 2.0, edits={"return losses": "return losses[-1] if losses else 0.0"}),
        Misconception("pairs_returned", "Pairs come back, of loss and gradient length. Only the losses are asked for.", 2.25, edits={"        losses.append(loss)\n": "        losses.append((loss, rate))\n"}),
        Misconception("batches_counted_first", "It fails on batches that can be gone through once: their number was asked for, or they were read twice. Take them as they come.", 1.0, edits={"    losses = []\n": "    losses = []\n    count = len(batches)\n"}),
    ),
    alternatives=(
        Alternative("batched", code=(
            "def train_epoch(model, batches, optimizer, scheduler, *, accumulate=1, max_norm=1.0, report=None):\n"
            "    from itertools import islice\n"
            "    model.train()\n"
            "    stream, losses = iter(batches), []\n"
            "    while group := list(islice(stream, accumulate)):\n"
            "        rate = scheduler.get_last_lr()[0]\n"
            "        losses.append(training_step(model, group, optimizer, max_norm)[0])\n"
            "        scheduler.step()\n"
            "        if report:\n"
            "            report(losses[-1], rate)\n"
            "    model.eval()\n"
            "    return losses\n"
        )),
        Alternative("all_at_hand", code=(
            "def train_epoch(model, batches, optimizer, scheduler, *, accumulate=1, max_norm=1.0, report=None):\n"
            "    batches = list(batches)\n"
            "    losses = []\n"
            "    for start in range(0, len(batches), accumulate):\n"
            "        model.train()\n"
            "        rate = optimizer.param_groups[0]['lr']\n"
            "        loss, norm = training_step(model, batches[start : start + accumulate], optimizer, max_norm=max_norm)\n"
            "        scheduler.step()\n"
            "        losses.append(loss)\n"
            "        if report is not None:\n"
            "            report(loss, rate)\n"
            "    model.train(False)\n"
            "    return losses\n"
        )),
    ),
    needs=("training_step",),
    time_limit=20.0,
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------------ Checkpoint
_RESUMED, _FILE = _TRIALS + "resumed", _TRIALS + "checkpoint_file"
CHECKPOINT = Exercise(
    name="Checkpoint",
    title="Stop, and go on exactly there",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "The table above says what a run consists of. For each row: who knows it, and how is it given back?",
        "Model, optimizer and scheduler each have `state_dict()` and `load_state_dict(…)`. torch's generator has `torch.get_rng_state()` and `torch.set_rng_state(…)`.",
        "One dict with five entries, written with `torch.save` and read with `torch.load(…, weights_only=True)`; then give each its own back, and return the step.",
    ),
    cases=(
        case("three steps, then a break", through(_RESUMED, 3, 3)),
        case("momentum instead of AdamW", through(_RESUMED, 2, 3, "SGD")),
        case("a run that had already begun", through(_RESUMED, 4, 2, between=3)),
        case("the file", through(_FILE)),
        case("a break before the first step", through(_RESUMED, 0, 3), hidden=True),
        case("a long run", through(_RESUMED, 9, 6, between=1), hidden=True),
        case("momentum, late", through(_RESUMED, 7, 4, "SGD", between=2), hidden=True),
        case("a later file", through(_FILE, 5), hidden=True),
    ),
    misconceptions=(
        Misconception("optimizer_forgotten", "The first loss after the break is right, the second is not: the optimizer begins without its averages. It has a state, too.", 1.5, edits={"            \"optimizer\": self.optimizer.state_dict(),\n": "", "        self.optimizer.load_state_dict(state[\"optimizer\"])\n": ""}),
        Misconception("schedule_forgotten", "At the restart the learning rate is still right, and then it starts all over again: the schedule's state is missing.", 1.5, edits={"            \"scheduler\": self.scheduler.state_dict(),\n": "", "        self.scheduler.load_state_dict(state[\"scheduler\"])\n": ""}),
        Misconception("schedule_replayed", "At the restart the learning rate is too low, wherever this schedule had moved before: it was not put back but replayed, step by step, on top of the steps that it had made.", 1.5, edits={"            \"scheduler\": self.scheduler.state_dict(),\n": "", "        self.scheduler.load_state_dict(state[\"scheduler\"])\n": "        for _ in range(state[\"step\"]):\n            self.scheduler.step()\n"}),
        Misconception("states_of_the_beginning", "What is saved is how things stood when the Checkpoint was built: the states were taken in the constructor, too early. The averages and the schedule of the moment of saving are missing.", 1.0, edits={"        self.scheduler = scheduler\n": "        self.scheduler = scheduler\n        self.taken = {\"model\": model.state_dict(), \"optimizer\": optimizer.state_dict(), \"scheduler\": scheduler.state_dict()}\n", "            \"model\": self.model.state_dict(),\n            \"optimizer\": self.optimizer.state_dict(),\n            \"scheduler\": self.scheduler.state_dict(),\n": "            **self.taken,\n"}),
        Misconception("random_numbers_forgotten", "Everything goes on but chance: dropout draws other numbers than in the unbroken run. Is the generator's state in the file, and is it given back?", 2.0, edits={"            \"random\": torch.get_rng_state(),\n": "", "        torch.set_rng_state(state[\"random\"])\n": ""}),
        Misconception("seeded_again", "The generator is seeded, not put back: it draws from the beginning of some sequence. Its place in the sequence is what must be kept.", 2.0, edits={"torch.set_rng_state(state[\"random\"])": "torch.manual_seed(state[\"step\"])"}),
        Misconception("seed_of_the_start", "The seed is kept and given back, so that the draws of the first steps come once more. A generator's *state* is its place in the sequence.", 2.0, edits={"torch.get_rng_state()": "torch.initial_seed()", "torch.set_rng_state(state[\"random\"])": "torch.manual_seed(state[\"random\"])"}),
        Misconception("seeded_when_saving", "The restart agrees with the run that was saved, because saving seeded the generator anew: a run that is saved is another one than a run that is not. Saving must go unnoticed.", 1.75, edits={"        torch.save(state, path)\n": "        torch.save(state, path)\n        torch.manual_seed(step)\n", "torch.set_rng_state(state[\"random\"])": "torch.manual_seed(state[\"step\"])"}),
        Misconception("weights_alone", "Weights come back, and nothing else does: neither averages nor schedule nor chance.", 0.75, edits={"            \"optimizer\": self.optimizer.state_dict(),\n": "", "        self.optimizer.load_state_dict(state[\"optimizer\"])\n": "", "            \"scheduler\": self.scheduler.state_dict(),\n": "", "        self.scheduler.load_state_dict(state[\"scheduler\"])\n": "", "            \"random\": torch.get_rng_state(),\n": "", "        torch.set_rng_state(state[\"random\"])\n": ""}),
        Misconception("weights_forgotten", "The optimizer goes on, in a model that is not the one that was saved: its weights do not come back.", 1.0, edits={"        self.model.load_state_dict(state[\"model\"])\n": ""}),
        Misconception("buffers_forgotten", "Weights come back, and a buffer does not: the model's counter begins at zero. A module's state is more than its parameters.", 2.0, edits={"self.model.state_dict()": "{name: p.detach() for name, p in self.model.named_parameters()}", "self.model.load_state_dict(state[\"model\"])": "self.model.load_state_dict(state[\"model\"], strict=False)"}),
        Misconception("rate_in_place_of_state", "Of the optimizer only the learning rate comes back. Its averages (or its momentum) are what the next step depends on.", 1.5, edits={"\"optimizer\": self.optimizer.state_dict()": "\"optimizer\": self.optimizer.param_groups[0][\"lr\"]", "self.optimizer.load_state_dict(state[\"optimizer\"])": "self.optimizer.param_groups[0][\"lr\"] = state[\"optimizer\"]"}),
        Misconception("step_not_returned", "Everything is put back, but nobody learns at which step: it is not returned.", 2.25, edits={"return state[\"step\"]": "return None"}),
        Misconception("next_step_returned", "The step that comes back is one more than the one that was saved.", 2.25, edits={"return state[\"step\"]": "return state[\"step\"] + 1"}),
        Misconception("step_of_the_optimizer", "The step that comes back is not the one that `save` was given.", 2.0, edits={"return state[\"step\"]": "return 0"}),
        Misconception("pickled_as_it_is", "The file holds whole objects in place of their states (their state_dict). It cannot be read with weights_only=True: whoever opens it runs code from it, which lesson 7 warns of.", 1.0, edits={"\"model\": self.model.state_dict()": "\"model\": self.model", "\"optimizer\": self.optimizer.state_dict()": "\"optimizer\": self.optimizer", "state = torch.load(path, weights_only=True)": "state = torch.load(path, weights_only=False)", "self.model.load_state_dict(state[\"model\"])": "self.model.load_state_dict(state[\"model\"].state_dict())", "self.optimizer.load_state_dict(state[\"optimizer\"])": "self.optimizer.load_state_dict(state[\"optimizer\"].state_dict())"}),
        Misconception("left_in_evaluation_mode", "After saving, the model is in evaluation mode, and the rest of the training goes without dropout.", 1.75, edits={"        torch.save(state, path)\n": "        torch.save(state, path)\n        self.model.eval()\n"}),
        Misconception("older_file_kept", "The second save left the first file as it was, so that a restart falls back. The newer state replaces the older one.", 2.0, edits={"        torch.save(state, path)\n": "        if not path.exists():\n            torch.save(state, path)\n"}),
        Misconception("kept_in_memory", "Nothing is in the file: the state is kept in the object, which ends with the process.", 0.5, edits={"torch.save(state, path)": "self.state = state", "state = torch.load(path, weights_only=True)": "state = self.state"}),
        Misconception("restored_from_memory", "The file is written and never read: restoring takes what this object kept in memory, and another Checkpoint, in another process, has nothing there.", 0.75, edits={"        self.scheduler = scheduler\n": "        self.scheduler = scheduler\n        self.kept = None\n", "        torch.save(state, path)\n": "        import copy\n\n        self.kept = copy.deepcopy(state)\n        torch.save(state, path)\n", "state = torch.load(path, weights_only=True)": "state = self.kept"}),
        Misconception("several_files", "There is more than one file. Copied or deleted one by one they will not fit together: write everything into the one that path names.", 2.25, edits={"        torch.save(state, path)\n": "        torch.save(state, path)\n        torch.save(state[\"optimizer\"], path.with_suffix(\".optimizer\"))\n"}),
    ),
    alternatives=(
        Alternative("list_of_parts", code=(
            "class Checkpoint:\n"
            "    def __init__(self, *parts):\n"
            "        self.parts = parts\n"
            "    def save(self, path, step):\n"
            "        torch.save([[part.state_dict() for part in self.parts], torch.random.get_rng_state(), step], path)\n"
            "    def restore(self, path):\n"
            "        states, chance, step = torch.load(path, map_location='cpu')\n"
            "        for part, state in zip(self.parts, states, strict=True):\n"
            "            part.load_state_dict(state)\n"
            "        torch.random.set_rng_state(chance)\n"
            "        return step\n"
        )),
        Alternative("written_beside_and_renamed", edits={"        torch.save(state, path)\n": "        beside = path.with_name(path.name + \".part\")\n        torch.save(state, beside)\n        beside.replace(path)\n"}),
    ),
    time_limit=20.0,
)  # fmt: skip

LESSON = Lesson(
    name="08_fine_tuning",
    title="Fine-tuning",
    summary="BERT fine-tuned on film reviews: batches, head, AdamW, schedule, accumulation, checkpoints and a loop of your own, equal to Trainer; then what the model is worth: scores, intervals, calibration, shift, LoRA.",
    reading_minutes=65,
    exercises=(COLLATE, BATCHES, CLASSIFIER, GROUPS, FACTOR, STEP, EPOCH, CHECKPOINT, *EVALUATION),
)
