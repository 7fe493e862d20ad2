"""The exercises of lesson 01: what each asks, how it is probed, and what learners get wrong in it."""

from __future__ import annotations

import torch

from autograder.contract import (
    Alternative,
    Exercise,
    Lesson,
    Misconception,
    Step,
    call,
    case,
    elsewhere,
    installed,
)


def rows(count: int, width: int) -> torch.Tensor:
    """A small matrix whose every entry tells its row: row 3 begins with 30, 31, …"""
    return 10.0 * torch.arange(count)[:, None] + torch.arange(width)[None, :]


def known_state(seed: int) -> tuple[Step, ...]:
    """Put the three global generators into a known state, so that one left alone is seen to go on from there."""
    return (
        elsewhere("random.seed", seed),
        elsewhere("numpy.random.seed", seed),
        elsewhere("torch.manual_seed", seed),
    )


PYTHON_DRAW = elsewhere("random.random")
NUMPY_DRAW = elsewhere("numpy.random.rand", 3)
TORCH_DRAW = elsewhere("torch.rand", 3)
#: What the three global generators give next.
DRAWS = (PYTHON_DRAW, NUMPY_DRAW, TORCH_DRAW)


LINEAR_PARAMETERS = Exercise(
    name="linear_parameters",
    title="The parameters of a linear layer",
    points=1,
    difficulty=1,
    minutes=5,
    hints=(
        "Draw the layer: one line from every input to every output. How many lines are there?",
        (
            "The weights are a matrix with one entry for every pair of input and output. The bias is a vector with "
            "one entry for every output."
        ),
        "Compute the size of the matrix first. Then add the length of the bias vector, but only where `bias` is true.",
    ),
    cases=(
        case("3 inputs, 4 outputs", call(3, 4), strict_type=True),
        case("3 inputs, 4 outputs, no bias", call(3, 4, bias=False), strict_type=True),
        case("a square layer", call(768, 768), strict_type=True),
        case("one input, one output", call(1, 1), hidden=True, strict_type=True),
        case("widening, as in a feed-forward block", call(384, 1536), hidden=True, strict_type=True),
        case("narrowing", call(1536, 384), hidden=True, strict_type=True),
        case("a layer over a whole vocabulary, no bias", call(384, 30522, False), hidden=True, strict_type=True),
    ),
    misconceptions=(
        Misconception(
            "bias_forgotten",
            "Your number is right for the layer without a bias and stays the same with one: the weights are counted "
            "and the bias is not. Look at what `bias=True` adds to the formula y = xW + b.",
            credit=0.5,
            edits={"return weights + outputs if bias else weights": "return weights"},
        ),
        Misconception(
            "bias_always",
            "With `bias=False` you still count a bias: the argument is never looked at. Read the signature again and "
            "ask which part of the sum depends on it.",
            credit=0.5,
            edits={"return weights + outputs if bias else weights": "return weights + outputs"},
        ),
        Misconception(
            "bias_per_input",
            "Your bias has one entry for every input. It is added after the multiplication, when the vector already "
            "has its new length: look at which length that is.",
            credit=0.5,
            edits={"return weights + outputs if bias else weights": "return weights + inputs if bias else weights"},
        ),
        Misconception(
            "single_bias",
            "You count one number for the bias of the whole layer. Every output has a bias of its own: look at the "
            "shape of b in y = xW + b.",
            credit=0.5,
            edits={"return weights + outputs if bias else weights": "return weights + 1 if bias else weights"},
        ),
        Misconception(
            "sizes_added",
            "Your number grows like the sum of the two sizes. The matrix W has an entry for every pair of an input and "
            "an output: count the connections in a drawing with 3 inputs and 4 outputs.",
            edits={"weights = inputs * outputs": "weights = inputs + outputs"},
        ),
        Misconception(
            "bias_inverted",
            "The bias is counted exactly where there is none: your condition is the wrong way round. Follow "
            "`bias=True` through it by hand.",
            credit=0.5,
            edits={"if bias else weights": "if not bias else weights"},
        ),
        Misconception(
            "tensor_returned",
            "The number is right, but it comes as a tensor of floats, and an int is promised: a float32 tensor cannot "
            "even hold every count above 16 million. The sizes are Python numbers: compute with those.",
            credit=0.75,
            edits={
                "return weights + outputs if bias else weights": (
                    "return torch.tensor(float(weights + outputs if bias else weights))"
                )
            },
        ),
        Misconception(
            "float_returned",
            "The number is right, but it is a float (16.0), and an int is promised. Look for a division, or a number "
            "written with a decimal point.",
            credit=0.75,
            edits={
                "return weights + outputs if bias else weights": (
                    "return float(weights + outputs if bias else weights)"
                )
            },
        ),
    ),
    alternatives=(
        Alternative(
            "bias_as_one_more_input",
            code="def linear_parameters(inputs, outputs, bias=True):\n    return (inputs + bool(bias)) * outputs\n",
        ),
        Alternative(
            "counted_by_torch",
            code=(
                "def linear_parameters(inputs, outputs, bias=True):\n"
                "    layer = torch.nn.Linear(inputs, outputs, bias=bias, device='meta')\n"
                "    return sum(p.numel() for p in layer.parameters())\n"
            ),
        ),
    ),
)


#: What a report says of Python depends on the machine; so do two ways to say it wrongly.
LIVE = ("platform.python_version", "sysconfig.get_python_version", "sys.version.__str__")
TINY = {"tiny-tokenizer": "0.3.1", "llama-kit": "2.0.0rc1"}

ENVIRONMENT_REPORT = Exercise(
    name="environment_report",
    title="A report on the environment",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        (
            "Two questions, two modules: `platform` knows about the Python that runs you, `importlib.metadata` knows "
            "about what was installed beside it. Try both in a scratch cell."
        ),
        (
            "`metadata.version(name)` answers with the version of a distribution, or raises "
            "`metadata.PackageNotFoundError`. Decide for each name separately what happens then."
        ),
        (
            "Loop over the names. Inside the loop, a `try` that stores the version and an `except "
            "metadata.PackageNotFoundError` that stores `None`. `platform.python_version()` gives the first entry."
        ),
    ),
    cases=(
        case(
            "two installed packages",
            installed(TINY),
            call(["tiny-tokenizer", "llama-kit"]),
            live=LIVE,
        ),
        case(
            "one of three is not installed",
            installed(TINY),
            call(["tiny-tokenizer", "no-such-package", "llama-kit"]),
            live=LIVE,
        ),
        case(
            "nothing asked for",
            call([]),
            hidden=True,
            live=LIVE,
        ),
        case(
            "none of them installed",
            call(["no-such-package", "nor-this-one"]),
            hidden=True,
            live=LIVE,
        ),
        case(
            "the missing one comes first",
            installed({"bert-bits": "12.4"}),
            call(["no-such-package", "bert-bits"]),
            hidden=True,
            live=LIVE,
        ),
        case(
            "only what was asked for, names in a tuple",
            installed({"alpha-model": "1.0", "beta-model": "0.0.7.post2"}),
            call(("beta-model",)),
            hidden=True,
            live=LIVE,
        ),
    ),
    misconceptions=(
        Misconception(
            "import_name",
            "You report None for packages that are installed: your code imports a module of that name and asks it "
            "for `__version__`. What pip installs is a distribution, and its name need not be the name of any module "
            "(scikit-learn is imported as sklearn). Look at `importlib.metadata`.",
            credit=0.5,
            edits={
                "metadata.version(name)": "importlib.import_module(name).__version__",
                "except metadata.PackageNotFoundError:": "except (ImportError, AttributeError):",
            },
        ),
        Misconception(
            "missing_raises",
            "Your function ends with PackageNotFoundError at the first package that is not installed. A report is "
            "asked for just when something may be missing: look at the docstring for what a missing package should "
            "give.",
            credit=1.0,
            code=(
                "def environment_report(packages):\n"
                "    versions = {name: metadata.version(name) for name in packages}\n"
                '    return {"python": platform.python_version(), "packages": versions}\n'
            ),
        ),
        Misconception(
            "missing_left_out",
            "A package that is not installed is absent from your report, so a reader cannot tell “missing” from “not "
            "asked”. Look at what the branch for a missing package stores.",
            credit=1.0,
            edits={"versions[name] = None": "pass"},
        ),
        Misconception(
            "missing_as_text",
            "A missing package has a text in your report where the docstring asks for None. A program that reads the "
            "report would take that text for a version: look at the value you store when the package is not found.",
            credit=1.5,
            edits={"versions[name] = None": 'versions[name] = "not installed"'},
        ),
        Misconception(
            "try_around_the_loop",
            "Everything after the first missing package is gone from your report: the exception leaves the loop, "
            "because the `try` stands around it. Look at which lines one failure should be allowed to skip.",
            credit=0.5,
            code=(
                "def environment_report(packages):\n"
                "    versions = {}\n"
                "    try:\n"
                "        for name in packages:\n"
                "            versions[name] = metadata.version(name)\n"
                "    except metadata.PackageNotFoundError:\n"
                "        versions[name] = None\n"
                '    return {"python": platform.python_version(), "packages": versions}\n'
            ),
        ),
        Misconception(
            "whole_version_line",
            "Your Python version is a whole line with the build date and the compiler in it, which is what "
            "`sys.version` holds. The report asks for three numbers with dots between them: look at what `platform` "
            "offers.",
            credit=1.5,
            edits={"platform.python_version()": "sys.version"},
        ),
        Misconception(
            "short_version",
            "Your Python version has only two parts. 3.11.4 and 3.11.9 are different programs, and a report that "
            "cannot tell them apart hides the difference that you may be looking for.",
            credit=1.5,
            edits={"platform.python_version()": '".".join(platform.python_version_tuple()[:2])'},
        ),
        Misconception(
            "flat_report",
            "Your report is flat: the packages stand on the same level as the entry for Python. A package may be "
            "called anything, also “python”: look at the shape of the example in the docstring.",
            credit=1.0,
            edits={'"packages": versions}': "**versions}"},
        ),
        Misconception(
            "names_changed",
            "The versions are right, but they stand under other names than those asked for: you replace hyphens by "
            "underscores. Whoever looks for “llama-kit” in the report must find it: look at the key that you store "
            "under.",
            credit=1.0,
            edits={
                "        try:\n": '        name = name.replace("-", "_")\n        try:\n',
            },
        ),
    ),
    alternatives=(
        Alternative(
            "looked_up_among_all_distributions",
            code=(
                "def environment_report(packages):\n"
                '    found = {d.metadata["Name"]: d.version for d in metadata.distributions()}\n'
                "    wanted = {name: found.get(name) for name in packages}\n"
                '    return {"python": platform.python_version(), "packages": wanted}\n'
            ),
        ),
        Alternative(
            "none_first_then_filled",
            code=(
                "import contextlib\n\n"
                "def environment_report(packages):\n"
                '    report = dict(python="%d.%d.%d" % sys.version_info[:3], packages=dict.fromkeys(packages))\n'
                "    for name in packages:\n"
                "        with contextlib.suppress(metadata.PackageNotFoundError):\n"
                '            report["packages"][name] = metadata.distribution(name).version\n'
                "    return report\n"
            ),
        ),
    ),
)


CHOOSE_DEVICE = Exercise(
    name="choose_device",
    title="A device with a fallback",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        (
            "Sort out three situations on paper: the wish can be met; the wish is known but cannot be met (or is "
            "“auto”); the wish is no device name at all."
        ),
        (
            "Begin with the list of devices that can be used on this machine, best first. `DEVICE_ORDER` is already "
            "sorted; which of its members stay? Mind that one of them is always there."
        ),
        (
            "With that list `usable`: if `preferred` is in it, that is the answer. Otherwise, if `preferred` is "
            "“auto” or a name from `DEVICE_ORDER`, the answer is the first of `usable`. What is left is a wrong name."
        ),
    ),
    cases=(
        case("auto, with everything there", call("auto", ["cpu", "mps", "cuda"]), call("auto", ["cpu", "mps"])),
        case("a wish that can be met", call("mps", ["cuda", "mps", "cpu"]), call("cpu", ["cuda", "cpu"])),
        case(
            "a wish that cannot be met",
            call("cuda", ["mps", "cpu"]),
            call("mps", ["cpu", "cuda"]),
            note="A wish that cannot be met is treated like “auto”.",
        ),
        case(
            "nothing listed as available",
            call("auto", []),
            call("cpu", []),
            call("cuda", []),
            note="Every machine has a CPU, whether it is listed or not.",
        ),
        case("a name that is no device", call("gpu", ["cuda", "cpu"]), note="Only four names are allowed."),
        case("a name in capitals", call("CUDA", ["cuda", "cpu"]), note="The names are taken as they are written."),
        case("a plain laptop", call("auto", ["cpu"]), call("cuda", ["cpu"]), hidden=True),
        case("cpu wanted beside an accelerator", call("cpu", ["mps"]), call("cpu", ["cuda", "mps"]), hidden=True),
        case("available in another order", call("auto", ["mps", "cpu", "cuda"]), hidden=True),
        case("cuda wanted on a computer with mps", call("cuda", ["cpu", "mps"]), hidden=True),
        case("mps wanted beside cuda", call("mps", ["mps", "cuda"]), call("auto", ["mps", "cuda"]), hidden=True),
        case("available as a set", call("auto", {"mps"}), call("mps", {"cuda"}), hidden=True),
        case("other names among those available", call("auto", ["xpu", "mps"]), call("cpu", ["xpu"]), hidden=True),
        case("a device that the order does not know", call("xpu", ["xpu", "cpu"]), hidden=True),
        case("an empty name", call("", ["cuda", "cpu"]), hidden=True),
        case("a wrong name where nothing is available", call("tpu", []), hidden=True),
    ),
    misconceptions=(
        Misconception(
            "availability_ignored",
            "You return the device that was asked for, also where the machine does not have it; the first tensor "
            "moved there would fail. Look at where `available` takes part in the decision for a named device.",
            credit=0.5,
            edits={"if preferred in usable:": "if preferred in DEVICE_ORDER:"},
        ),
        Misconception(
            "first_listed",
            "Your choice depends on the order in which `available` happens to be written: the first one listed wins. "
            "The order that counts is `DEVICE_ORDER`, best first: look at which of the two your loop runs over.",
            credit=0.5,
            edits={
                'usable = [device for device in DEVICE_ORDER if device in available or device == "cpu"]': (
                    'usable = [device for device in available if device in DEVICE_ORDER] + ["cpu"]'
                )
            },
        ),
        Misconception(
            "straight_to_cpu",
            "When the wish cannot be met you go straight to the CPU, even where another accelerator is there. Follow "
            "the case “cuda wanted, mps available” through your function.",
            credit=1.0,
            edits={"return usable[0]": 'return usable[0] if preferred == "auto" else "cpu"'},
        ),
        Misconception(
            "wish_ignored",
            "You always return the best device of the machine, also where another one was asked for. Somebody who "
            "writes “cpu” may be hunting a bug that must not depend on the GPU: look at the first rule.",
            credit=0.5,
            edits={"return preferred": "return usable[0]"},
        ),
        Misconception(
            "cpu_must_be_listed",
            "With an empty `available` your function finds no device. Every machine has a CPU, whether somebody "
            "lists it or not: look at how the list of usable devices begins or ends.",
            credit=1.5,
            edits={' or device == "cpu"': ""},
        ),
        Misconception(
            "fallback_refused",
            "You raise ValueError for a device that is known but not available here. That is the situation the "
            "fallback is made for: look at which wishes are mistakes and which are only unlucky.",
            credit=1.0,
            edits={'if preferred == "auto" or preferred in DEVICE_ORDER:': 'if preferred == "auto":'},
        ),
        Misconception(
            "wrong_name_accepted",
            "A name that is no device (“gpu”) gets an answer instead of a ValueError. A typing error that silently "
            "becomes another device is found only when the run is slow: look at what happens to a name you do not "
            "know.",
            credit=1.0,
            edits={'if preferred == "auto" or preferred in DEVICE_ORDER:': "if True:"},
        ),
        Misconception(
            "wrong_name_gives_none",
            "For a name that is no device your function ends without an answer, which in Python is None. The error "
            "then appears far away, where somebody uses the None: look at the last lines of your function.",
            credit=1.5,
            edits={"raise ValueError(": "return print("},
        ),
        Misconception(
            "only_downwards",
            "When “mps” is wanted and cannot be had, you look only at what comes after it in the order, and pass "
            "over a GPU that is there. The rule for a wish that cannot be met is the one for “auto”: read it again.",
            credit=1.5,
            edits={"return usable[0]": ('return usable[0] if preferred != "mps" else "cpu"')},
        ),
        Misconception(
            "available_never_read",
            "Your answer is “cpu” whatever `available` lists. If your function asks torch what this machine has, it "
            "cannot be tested with another machine in mind: what is there is handed in as an argument.",
            credit=0.5,
            edits={'if device in available or device == "cpu"': 'if device == "cpu"'},
        ),
        Misconception(
            "wrong_order",
            "With both accelerators there you choose “mps”: your order of preference is not the one asked for. Look "
            "at `DEVICE_ORDER`.",
            credit=1.0,
            edits={"for device in DEVICE_ORDER if": 'for device in ("mps", "cuda", "cpu") if'},
        ),
        Misconception(
            "case_ignored",
            "“CUDA” in capitals is accepted. torch itself does not know that name, and the docstring takes the four "
            "names as they are written: look for where you change the text before you compare it.",
            credit=1.5,
            edits={"if preferred in usable:": "preferred = preferred.lower()\n    if preferred in usable:"},
        ),
    ),
    alternatives=(
        Alternative(
            "set_arithmetic",
            code=(
                "def choose_device(preferred, available):\n"
                '    ranks = {"cuda": 0, "mps": 1, "cpu": 2}\n'
                '    if preferred != "auto":\n'
                "        try:\n"
                "            ranks[preferred]\n"
                "        except KeyError:\n"
                '            raise ValueError("unknown device " + preferred) from None\n'
                '    usable = (set(available) | {"cpu"}) & ranks.keys()\n'
                "    return preferred if preferred in usable else min(usable, key=ranks.get)\n"
            ),
        ),
        Alternative(
            "one_if_after_another",
            code=(
                "def choose_device(preferred, available):\n"
                '    if preferred not in ["auto", "cuda", "mps", "cpu"]:\n'
                '        raise ValueError("choose auto, cuda, mps or cpu")\n'
                '    if preferred == "cpu" or (preferred != "auto" and preferred in available):\n'
                "        return preferred\n"
                '    if "cuda" in available:\n'
                '        return "cuda"\n'
                '    if "mps" in available:\n'
                '        return "mps"\n'
                '    return "cpu"\n'
            ),
        ),
    ),
)


COUNTING_LIMIT = Exercise(
    name="counting_limit",
    title="How far a number format can count",
    points=2,
    difficulty=2,
    minutes=12,
    time_limit=2.0,
    hints=(
        (
            "Play with one dtype first: `torch.tensor(257, dtype=torch.bfloat16).item()`. What comes back, and for "
            "which numbers does the same number come back?"
        ),
        (
            "The answer is always a power of two, so you need not try every number (for float64 that would take "
            "years). Which number do you have to test next to a power of two?"
        ),
        (
            "Start with n = 1. As long as n + 1 survives the way into the dtype and back (`.item()` makes a Python "
            "number of it again), double n. Compare Python numbers with Python numbers."
        ),
    ),
    cases=(
        case("bfloat16", call(torch.bfloat16), rtol=0.0, atol=0.0, strict_type=True),
        case("float16", call(torch.float16), rtol=0.0, atol=0.0, strict_type=True),
        case(
            "an 8-bit format",
            call(torch.float8_e4m3fn),
            rtol=0.0,
            atol=0.0,
            strict_type=True,
            note="This format can store numbers but not calculate with them: convert into it and back, and do the "
            "arithmetic in Python.",
        ),
        case(
            "float32",
            call(torch.float32),
            rtol=0.0,
            atol=0.0,
            strict_type=True,
            note="float32 counts into the millions: a search that tries one number after another does not get there.",
        ),
        case(
            "float64",
            call(torch.float64),
            rtol=0.0,
            atol=0.0,
            strict_type=True,
            note="Python's own float is float64: what a conversion to float loses is lost before torch sees it.",
        ),
        case("another 8-bit format", call(torch.float8_e5m2), hidden=True, rtol=0.0, atol=0.0, strict_type=True),
        case("a third 8-bit format", call(torch.float8_e4m3fnuz), hidden=True, rtol=0.0, atol=0.0, strict_type=True),
    ),
    misconceptions=(
        Misconception(
            "first_lost",
            "Your number is one too large: you return the first integer that the format cannot hold, and the last "
            "one that it can hold was asked for.",
            credit=1.5,
            edits={"return n\n": "return n + 1\n"},
        ),
        Misconception(
            "one_too_small",
            "Your number is one too small, and not a power of two. The number at which a counter stands still is "
            "itself stored exactly: what is lost is the next one.",
            credit=1.5,
            edits={"return n\n": "return n - 1\n"},
        ),
        Misconception(
            "float_returned",
            "The number is right, but it is a float (256.0), as `.item()` gives it, and an int is promised. Look at "
            "where your n comes from.",
            credit=1.75,
            edits={"return n\n": "return float(n)\n"},
        ),
        Misconception(
            "compared_as_python_float",
            "Right for all formats but float64. Python's own float is float64: if n + 1 goes through one, it is "
            "rounded on both sides of your comparison, and nothing ever seems lost. Keep to ints on the Python side.",
            credit=1.5,
            edits={
                "torch.tensor(n + 1, dtype=dtype).item() == n + 1": (
                    "torch.tensor(float(n + 1), dtype=dtype).item() == float(n + 1)"
                )
            },
        ),
        Misconception(
            "one_doubling_short",
            "Your number is half the right one: the last doubling is undone, or the loop stops one round too early. "
            "Test your answer n by converting n + 1: if that survives, counting goes on.",
            credit=1.0,
            edits={"return n\n": "return n // 2\n"},
        ),
        Misconception(
            "largest_value",
            "You return the largest value of the format, its range. The question is about gaps: long before that "
            "value the format skips integers. Convert 2049 to float16 and look.",
            code="def counting_limit(dtype):\n    return int(torch.finfo(dtype).max)\n",
        ),
        Misconception(
            "counts_all_bits",
            "You raise two to the number of all bits, as for an integer format. A floating-point number spends bits "
            "on its sign and its exponent: look at the picture of the formats for the bits that are left for the "
            "digits.",
            code="def counting_limit(dtype):\n    return 2 ** (8 * dtype.itemsize)\n",
        ),
        Misconception(
            "powers_of_two_only",
            "Your loop asks whether the powers of two themselves survive, and they all do until the range ends. The "
            "first integer to be lost stands beside a power of two: look at which number you convert.",
            credit=0.5,
            edits={"torch.tensor(n + 1, dtype=dtype).item() == n + 1": "torch.tensor(n, dtype=dtype).item() == n"},
        ),
        Misconception(
            "compared_inside_the_format",
            "Your loop never sees a number change and runs until one is too big even to convert (OverflowError). "
            "When a tensor is compared with a Python number, that number is first converted to the tensor's dtype, "
            "so both sides lose the same digits: look at the two sides of your ==.",
            credit=1.0,
            edits={".item() == n + 1": " == n + 1"},
        ),
        Misconception(
            "arithmetic_in_the_format",
            "Right for bfloat16 and float16, but the 8-bit format raises NotImplementedError: you let the tensor do "
            "the arithmetic, and this format can only be stored. Look at where the + stands.",
            credit=1.0,
            edits={
                "torch.tensor(n + 1, dtype=dtype).item() == n + 1": "(torch.tensor(n, dtype=dtype) + 1).item() == n + 1"
            },
        ),
        Misconception(
            "promoted",
            "bfloat16 seems to count as far as float32: you add a tensor of the default dtype, and the sum of two "
            "tensors takes the wider of their dtypes. Print the dtype of the sum.",
            credit=0.5,
            edits={
                "torch.tensor(n + 1, dtype=dtype).item() == n + 1": (
                    "(torch.tensor(n, dtype=dtype) + torch.tensor(1.0)).item() == n + 1"
                )
            },
        ),
        Misconception(
            "dtype_unused",
            "Every format gets the same answer, that of Python's own float, which is float64: `dtype` takes no part "
            "in your arithmetic. Look at where a number is really put into the format.",
            edits={"torch.tensor(n + 1, dtype=dtype).item() == n + 1": "float(n + 1) == n + 1"},
        ),
        Misconception(
            "one_by_one",
            "Right for the small formats, and interrupted for float32, which counts into the millions: you go up in "
            "steps of one. The last sentence of the docstring lets you skip nearly all numbers.",
            credit=1.0,
            edits={"n *= 2": "n += 1"},
        ),
    ),
    alternatives=(
        Alternative(
            "from_the_gap_beside_one",
            code="def counting_limit(dtype):\n    return int(2 / torch.finfo(dtype).eps)\n",
        ),
        Alternative(
            "candidates_at_once",
            code=(
                "def counting_limit(dtype):\n"
                "    powers = torch.tensor([2**k for k in range(60)], dtype=torch.int64)\n"
                "    for power in powers.tolist():\n"
                "        there = torch.tensor([power + 1], dtype=torch.float64).to(dtype)\n"
                "        if int(there.to(torch.float64)[0]) != power + 1:\n"
                "            return power\n"
            ),
        ),
    ),
)


TRAINING_MEMORY = Exercise(
    name="training_memory",
    title="The memory that training needs",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        (
            "Make a table with one line for each part (weights, gradients, master copy, Adam) and two columns: for "
            "how many parameters is it kept, and how many bytes does one number take?"
        ),
        (
            "`dtype.itemsize` is the number of bytes of one number of that dtype. Frozen parameters have weights and "
            "nothing else. The last two parts are float32 whatever `dtype` is."
        ),
        (
            "Begin with the number of parameters that learn, and name it. Weights: all parameters times itemsize. "
            "Gradients: the learning ones times itemsize. Master: the learning ones times 4 if itemsize is below 4, "
            "else 0. Adam: two float32 numbers for each that learns. Then the sum."
        ),
    ),
    cases=(
        case("a thousand parameters in float32", call(1000), strict_type=True),
        case("the same in bfloat16", call(1000, torch.bfloat16), strict_type=True),
        case("bfloat16, 400 of them frozen", call(1000, torch.bfloat16, frozen=400), strict_type=True),
        case(
            "a model of 7 billion, float16",
            call(7_000_000_000, torch.float16),
            hidden=True,
            rtol=0.0,
            atol=0.0,
            strict_type=True,
        ),
        case(
            "float32, partly frozen",
            call(22_713_216, torch.float32, 11_914_752),
            hidden=True,
            rtol=0.0,
            atol=0.0,
            strict_type=True,
        ),
        case(
            "everything frozen",
            call(5000, torch.float16, frozen=5000),
            call(5000, frozen=5000),
            hidden=True,
            strict_type=True,
        ),
        case("no parameters", call(0), hidden=True, strict_type=True),
        case(
            "one parameter", call(1, dtype=torch.bfloat16), call(1, dtype=torch.float32), hidden=True, strict_type=True
        ),
    ),
    misconceptions=(
        Misconception(
            "one_adam_state",
            "Your entry for Adam is half of what it keeps: it holds one number for each parameter. Adam remembers a "
            "running mean of the gradients and a running mean of their squares.",
            credit=1.5,
            edits={"2 * 4 * trained": "4 * trained"},
        ),
        Misconception(
            "adam_in_the_dtype_of_the_weights",
            "In bfloat16 your Adam states shrink together with the weights. In this recipe they stay in float32, "
            "because small updates vanish in a format with so few digits: look at which dtype the docstring names "
            "for them.",
            credit=2.0,
            edits={"2 * 4 * trained": "2 * dtype.itemsize * trained"},
        ),
        Misconception(
            "no_master_copy",
            "With 16-bit weights your master copy is empty. Mixed precision keeps a float32 copy of the weights, to "
            "which the optimiser adds its small steps: look at the line for “master”.",
            credit=2.0,
            edits={"4 * trained if dtype.itemsize < 4 else 0": "0"},
        ),
        Misconception(
            "master_copy_always",
            "In float32 you keep a second float32 copy of the weights. The weights themselves are already exact "
            "enough there: look at when a master copy is needed.",
            credit=2.0,
            edits={"4 * trained if dtype.itemsize < 4 else 0": "4 * trained"},
        ),
        Misconception(
            "frozen_ignored",
            "Freezing 400 parameters changes nothing in your result: `frozen` is never used. A frozen parameter gets "
            "no gradient and no optimiser state, and that is why freezing saves memory.",
            credit=1.5,
            edits={"trained = num_parameters - frozen": "trained = num_parameters"},
        ),
        Misconception(
            "frozen_not_stored",
            "Your weights shrink when parameters are frozen. A frozen parameter is not trained, but the forward pass "
            "still multiplies by it: look at which of the four parts it needs.",
            credit=2.0,
            edits={'"weights": num_parameters * dtype.itemsize': '"weights": trained * dtype.itemsize'},
        ),
        Misconception(
            "frozen_have_gradients",
            "You keep gradients for the frozen parameters too. A gradient exists only where a parameter will be "
            "changed: look at the number that you multiply in the line for “gradients”.",
            credit=2.0,
            edits={'"gradients": trained * dtype.itemsize': '"gradients": num_parameters * dtype.itemsize'},
        ),
        Misconception(
            "bits_not_bytes",
            "Weights and gradients come out eight times too large: you multiply by the number of bits. Memory is "
            "counted in bytes of eight bits, and float32 takes four of them.",
            credit=1.0,
            code=(
                "def training_memory(num_parameters, dtype=torch.float32, frozen=0):\n"
                "    bits = torch.finfo(dtype).bits\n"
                "    trained = num_parameters - frozen\n"
                "    parts = {\n"
                '        "weights": num_parameters * bits,\n'
                '        "gradients": trained * bits,\n'
                '        "master": 32 * trained if bits < 32 else 0,\n'
                '        "adam": 2 * 32 * trained,\n'
                "    }\n"
                '    return {**parts, "total": sum(parts.values())}\n'
            ),
        ),
        Misconception(
            "gigabytes",
            "Your numbers are a thousand million times too small: you divide by 10⁹. The docstring asks for bytes, "
            "as whole numbers; turning them into gigabytes is the business of whoever prints them.",
            credit=2.0,
            code=(
                "def training_memory(num_parameters, dtype=torch.float32, frozen=0):\n"
                "    trained = num_parameters - frozen\n"
                "    parts = {\n"
                '        "weights": num_parameters * dtype.itemsize / 1e9,\n'
                '        "gradients": trained * dtype.itemsize / 1e9,\n'
                '        "master": (4 * trained if dtype.itemsize < 4 else 0) / 1e9,\n'
                '        "adam": 2 * 4 * trained / 1e9,\n'
                "    }\n"
                '    return {**parts, "total": sum(parts.values())}\n'
            ),
        ),
        Misconception(
            "master_copy_of_frozen",
            "Your master copy includes the frozen parameters. It exists so that small steps can be added to it, and "
            "a frozen parameter takes no steps.",
            credit=2.0,
            edits={"4 * trained if dtype.itemsize < 4 else 0": "4 * num_parameters if dtype.itemsize < 4 else 0"},
        ),
        Misconception(
            "adam_for_frozen",
            "You keep Adam's states for the frozen parameters too. The optimiser remembers something only about what "
            "it changes: look at the number that you multiply in the line for “adam”.",
            credit=2.0,
            edits={"2 * 4 * trained": "2 * 4 * num_parameters"},
        ),
        Misconception(
            "gradients_in_float32",
            "Your gradients take four bytes in bfloat16 too. Some training programs do keep them so; in the recipe "
            "of the docstring they have the dtype of the weights.",
            credit=2.0,
            edits={'"gradients": trained * dtype.itemsize': '"gradients": 4 * trained'},
        ),
        Misconception(
            "total_without_master",
            "The parts are right and the total is too small in 16 bits: one of the four parts is not added. Compare "
            "the total with the sum of the four numbers on your card.",
            credit=2.5,
            edits={"sum(parts.values())": 'sum(parts.values()) - parts["master"]'},
        ),
        Misconception(
            "floats_returned",
            "The numbers are right, but they are floats (4000.0), and ints are promised: a division with / gives a "
            "float even where nothing is left over. Look at how you get the bytes of one number.",
            credit=2.5,
            edits={
                'return {**parts, "total": sum(parts.values())}': (
                    'parts["total"] = sum(parts.values())\n'
                    "    return {name: float(size) for name, size in parts.items()}"
                )
            },
        ),
    ),
    alternatives=(
        Alternative(
            "bytes_per_parameter",
            code=(
                "def training_memory(num_parameters, dtype=torch.float32, frozen=0):\n"
                "    small = dtype in (torch.float16, torch.bfloat16)\n"
                "    width = 2 if small else 4\n"
                "    live = num_parameters - frozen\n"
                "    report = dict(weights=width * num_parameters, gradients=width * live)\n"
                "    report.update(master=small * 4 * live, adam=8 * live)\n"
                '    report["total"] = width * frozen + 16 * live\n'
                "    return report\n"
            ),
        ),
        Alternative(
            "measured_on_meta_tensors",
            code=(
                "def training_memory(num_parameters, dtype=torch.float32, frozen=0):\n"
                "    def size(count, kind):\n"
                '        return torch.empty(count, dtype=kind, device="meta").nbytes\n'
                "    trained = num_parameters - frozen\n"
                "    master = size(trained, torch.float32) if dtype != torch.float32 else 0\n"
                "    weights, gradients = size(num_parameters, dtype), size(trained, dtype)\n"
                "    adam = size(trained, torch.float32) + size(trained, torch.float32)\n"
                '    return {"total": weights + gradients + master + adam, "adam": adam, "master": master,\n'
                '            "gradients": gradients, "weights": weights}\n'
            ),
        ),
    ),
)


LARGE_SEED = 2**32 + 7

SEED_EVERYTHING = Exercise(
    name="seed_everything",
    title="One seed for three generators",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        (
            "Three libraries, three generators that know nothing of one another: `random`, `numpy.random` and torch. "
            "Each has a function that puts its global generator into a known state."
        ),
        (
            "`random.seed`, `np.random.seed` and `torch.manual_seed`. One of them refuses seeds of more than 32 "
            "bits: the docstring says what it gets instead."
        ),
        "Three lines, one a library, each with `seed`; NumPy's gets `seed % 2**32`. Nothing is returned.",
    ),
    cases=(
        case(
            "Python's random, seed 0",
            *known_state(11),
            call(0),
            PYTHON_DRAW,
            PYTHON_DRAW,
            note="Python's `random` has a generator of its own.",
        ),
        case("NumPy, seed 0", *known_state(11), call(0), NUMPY_DRAW, note="NumPy has a global generator of its own."),
        case("torch, seed 0", *known_state(11), call(0), TORCH_DRAW, note="torch has a default generator of its own."),
        case("seed 7, drawn from, then seed 7 again", *known_state(12), call(7), *DRAWS, call(7), *DRAWS),
        case(
            "a seed of more than 32 bits",
            *known_state(13),
            call(LARGE_SEED),
            *DRAWS,
            note="The docstring says what NumPy gets in this case.",
        ),
        case("Python's random, another seed", *known_state(14), call(20250405), PYTHON_DRAW, hidden=True),
        case("NumPy, another seed", *known_state(14), call(20250405), NUMPY_DRAW, hidden=True),
        case("torch, another seed", *known_state(14), call(20250405), TORCH_DRAW, hidden=True),
        case("two seeds, one after the other", *known_state(15), call(1), *DRAWS, call(2), *DRAWS, hidden=True),
        case("a seed of 40 bits", *known_state(16), call(2**40 + 1), *DRAWS, hidden=True),
        case("a seed near the end of 32 bits", *known_state(17), call(2**32 - 3), *DRAWS, hidden=True),
    ),
    misconceptions=(
        Misconception(
            "random_forgotten",
            "NumPy and torch repeat, Python's own `random` goes on where it was. It has a generator of its own, and "
            "data pipelines often shuffle with it: count the libraries that you seed.",
            credit=1.0,
            edits={"    random.seed(seed)\n": ""},
        ),
        Misconception(
            "numpy_forgotten",
            "NumPy's numbers do not follow your seed: its global generator was not touched. "
            "(`np.random.default_rng(seed)` makes a new generator and leaves the global one alone.) Look at which "
            "call `np.random.rand` would notice.",
            credit=1.0,
            edits={"np.random.seed(seed % 2**32)": "np.random.default_rng(seed)"},
        ),
        Misconception(
            "torch_forgotten",
            "Torch's numbers do not follow your seed: its default generator for the CPU was not touched. (A new "
            "`torch.Generator` or a call for CUDA alone leaves it as it is.) Look at which call `torch.rand` would "
            "notice.",
            credit=1.0,
            edits={"torch.manual_seed(seed)": "torch.Generator().manual_seed(seed)"},
        ),
        Misconception(
            "argument_unused",
            "Every seed gives the same numbers: a constant stands where the argument should. Call your function with "
            "two different seeds and compare.",
            credit=0.5,
            code=(
                "def seed_everything(seed):\n    random.seed(42)\n    np.random.seed(42)\n    torch.manual_seed(42)\n"
            ),
        ),
        Misconception(
            "large_seed_refused",
            "Small seeds work; a seed of more than 32 bits ends in NumPy's ValueError. Look at what the docstring says "
            "about NumPy.",
            credit=1.5,
            edits={"np.random.seed(seed % 2**32)": "np.random.seed(seed)"},
        ),
        Misconception(
            "large_seed_cut_off",
            "All seeds above 32 bits become one and the same seed for NumPy, because you cap them at the largest "
            "allowed value. The docstring asks for the remainder instead, under which different seeds mostly stay "
            "different.",
            credit=1.5,
            edits={"np.random.seed(seed % 2**32)": "np.random.seed(min(seed, 2**32 - 1))"},
        ),
        Misconception(
            "large_seed_cut_for_all",
            "You take the remainder for all three libraries. Only NumPy needs it; `random` and torch are given less "
            "than the whole seed, so that two different large seeds can give the same run.",
            credit=1.5,
            code=(
                "def seed_everything(seed):\n"
                "    seed = seed % 2**32\n"
                "    random.seed(seed)\n"
                "    np.random.seed(seed)\n"
                "    torch.manual_seed(seed)\n"
            ),
        ),
        Misconception(
            "only_torch",
            "Only torch follows your seed. `random` and NumPy have generators of their own, which "
            "`torch.manual_seed` does not know: count the libraries in the first line of the docstring.",
            credit=0.5,
            code="def seed_everything(seed):\n    torch.manual_seed(seed)\n",
        ),
        Misconception(
            "none_seeded",
            "None of the three global generators follows your seed; all go on where they were. A new generator, as "
            "`random.Random(seed)` makes one, is another, and is gone when your function ends.",
            code=(
                "def seed_everything(seed):\n"
                "    random.Random(seed)\n"
                "    np.random.RandomState(seed % 2**32)\n"
                "    torch.Generator().manual_seed(seed)\n"
            ),
        ),
        Misconception(
            "drawn_from",
            "The generators are seeded, but each has already moved when your function returns: it draws a number from "
            "each (to print it?), so the caller gets only what comes after. Look at what you do after seeding.",
            credit=1.0,
            edits={
                "    torch.manual_seed(seed)": (
                    "    torch.manual_seed(seed)\n    print(random.random(), np.random.rand(), torch.rand(1))"
                )
            },
        ),
        Misconception(
            "generator_returned",
            "The seeding is right, but your function returns a generator: `torch.manual_seed` gives one back, and "
            "your last line passes it on. Nothing is to be returned.",
            credit=1.75,
            edits={"    torch.manual_seed(seed)": "    return torch.manual_seed(seed)"},
        ),
    ),
    alternatives=(
        Alternative(
            "loop_over_seeders",
            code=(
                "def seed_everything(seed):\n"
                "    seeders = [random.seed, torch.random.manual_seed, lambda s: np.random.seed(s & 0xFFFFFFFF)]\n"
                "    for seeder in seeders:\n"
                "        seeder(seed)\n"
            ),
        ),
        Alternative(
            "states_copied_in",
            code=(
                "def seed_everything(seed):\n"
                "    random.setstate(random.Random(seed).getstate())\n"
                "    np.random.set_state(np.random.RandomState(seed % 2**32).get_state())\n"
                "    torch.set_rng_state(torch.Generator().manual_seed(seed).get_state())\n"
            ),
        ),
    ),
)


SAMPLE_BATCH = Exercise(
    name="sample_batch",
    title="A generator of its own",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "Ask what `torch.randperm` draws from when nobody tells it. Its documentation names an argument for it.",
        (
            "`torch.Generator()` makes a source of random numbers that belongs to you alone; `.manual_seed(seed)` "
            "puts it into a known state and returns it."
        ),
        (
            "Make the generator, seed it, draw one permutation of all row numbers with `torch.randperm(len(data), "
            "generator=…)`, keep its first `size` entries, and index `data` with them."
        ),
    ),
    cases=(
        case("3 of 8 rows", elsewhere("torch.manual_seed", 5), call(rows(8, 2), 3, 0)),
        case(
            "the global generator afterwards",
            elsewhere("torch.manual_seed", 5),
            call(rows(8, 2), 3, 0),
            elsewhere("torch.rand", 3),
            note="After your function, the global generator should go on as if nothing had happened.",
        ),
        case(
            "the same seed twice",
            elsewhere("torch.manual_seed", 6),
            call(rows(6, 1), 4, 21),
            elsewhere("torch.rand", 2),
            call(rows(6, 1), 4, 21),
        ),
        case("two seeds", elsewhere("torch.manual_seed", 7), call(rows(9, 2), 2, 1), call(rows(9, 2), 2, 2)),
        case("all rows", elsewhere("torch.manual_seed", 8), call(rows(7, 3), 7, 3), hidden=True),
        case("one row", elsewhere("torch.manual_seed", 9), call(rows(5, 2), 1, 44), hidden=True),
        case("an empty batch", elsewhere("torch.manual_seed", 10), call(rows(5, 2), 0, 4), hidden=True),
        case(
            "token ids in one dimension",
            elsewhere("torch.manual_seed", 11),
            call(torch.arange(100, 120), 6, 2024),
            hidden=True,
        ),
        case(
            "the global generator after two batches",
            elsewhere("torch.manual_seed", 12),
            call(rows(6, 2), 3, 5),
            elsewhere("torch.rand", 1),
            call(rows(6, 2), 2, 6),
            elsewhere("torch.rand", 3),
            hidden=True,
        ),
    ),
    misconceptions=(
        Misconception(
            "global_seed",
            "Your batch is right, but afterwards the global generator stands somewhere else: you seeded it. Whoever "
            "calls your function in the middle of a training run restarts their dropout and their shuffling. Look "
            "for a source of random numbers that nobody else uses.",
            credit=1.0,
            edits={
                "generator = torch.Generator().manual_seed(seed)": "torch.manual_seed(seed)",
                ", generator=generator": "",
            },
        ),
        Misconception(
            "generator_not_used",
            "The same seed gives another batch the second time, and the global generator has moved: your own "
            "generator was made but never drawn from. Look at what `randperm` is told.",
            credit=0.5,
            edits={", generator=generator": ""},
        ),
        Misconception(
            "generator_not_seeded",
            "Different seeds give the same batch: a new `torch.Generator` always starts in the same state, and "
            "`seed` never reaches yours.",
            credit=1.0,
            edits={"torch.Generator().manual_seed(seed)": "torch.Generator()"},
        ),
        Misconception(
            "with_replacement",
            "Some rows may appear twice in your batch: you draw every index on its own. A batch is drawn without "
            "putting rows back: look at the function that the docstring names.",
            credit=0.5,
            edits={
                "torch.randperm(len(data), generator=generator)": (
                    "torch.randint(len(data), (size,), generator=generator)"
                )
            },
        ),
        Misconception(
            "first_rows_only",
            "Your batch holds only the first rows of the data, in another order: the permutation is as long as the "
            "batch, so later rows never have a chance. Look at which length is permuted and which is cut.",
            credit=0.5,
            edits={"torch.randperm(len(data), generator=generator)": "torch.randperm(size, generator=generator)"},
        ),
        Misconception(
            "sorted_batch",
            "The right rows, but in the order of the data instead of the order drawn: the indices were sorted, or a "
            "mask was used. Look at what happens between the permutation and the indexing.",
            credit=1.5,
            edits={"data[order[:size]]": "data[order[:size].sort().values]"},
        ),
        Misconception(
            "size_ignored",
            "You return all rows, shuffled: `size` takes no part. Look at how many entries of the permutation the "
            "batch needs.",
            credit=1.0,
            edits={"data[order[:size]]": "data[order]"},
        ),
        Misconception(
            "last_entries",
            "Your rows come from the end of the permutation, and those at its beginning were asked for. Look at your "
            "slice.",
            credit=1.0,
            edits={"data[order[:size]]": "data[order[-size:]]"},
        ),
        Misconception(
            "generator_kept",
            "The first batch with a seed is right, and the second call with the same seed gives another: your "
            "generator is kept between calls and goes on where it stopped. Look at where it is made.",
            credit=1.0,
            code=(
                "def sample_batch(data, size, seed, generators={}):\n"
                "    if seed not in generators:\n"
                "        generators[seed] = torch.Generator().manual_seed(seed)\n"
                "    return data[torch.randperm(len(data), generator=generators[seed])[:size]]\n"
            ),
        ),
        Misconception(
            "shuffled_in_place",
            "Your function changes the data that it was given: after the call the caller's rows stand in another "
            "order. Look for an assignment into `data`.",
            credit=1.0,
            edits={"return data[order[:size]]": "data[:] = data[order]\n    return data[:size]"},
        ),
        Misconception(
            "generator_of_python",
            "Your batch repeats and disturbs nobody, which is the idea, but it is another batch than the one asked "
            "for: the numbers come from Python's generator. The docstring names the function that draws the "
            "permutation.",
            credit=1.0,
            edits={
                "generator = torch.Generator().manual_seed(seed)": "generator = random.Random(seed)",
                "torch.randperm(len(data), generator=generator)": (
                    "torch.tensor(generator.sample(range(len(data)), len(data)))"
                ),
            },
        ),
        Misconception(
            "generator_of_numpy",
            "Your batch repeats and disturbs nobody, which is the idea, but it is another batch than the one asked "
            "for: the numbers come from NumPy's generator. The docstring names the function that draws the "
            "permutation.",
            credit=1.0,
            edits={
                "generator = torch.Generator().manual_seed(seed)": "generator = np.random.default_rng(seed)",
                "torch.randperm(len(data), generator=generator)": "torch.from_numpy(generator.permutation(len(data)))",
            },
        ),
    ),
    alternatives=(
        Alternative(
            "state_kept_by_torch",
            code=(
                "def sample_batch(data, size, seed):\n"
                "    with torch.random.fork_rng(devices=[]):\n"
                "        torch.manual_seed(seed)\n"
                "        chosen = torch.randperm(data.shape[0])\n"
                "    return torch.index_select(data, 0, chosen.narrow(0, 0, size))\n"
            ),
        ),
        Alternative(
            "row_by_row",
            code=(
                "def sample_batch(data, size, seed):\n"
                "    own = torch.Generator()\n"
                "    own.manual_seed(seed)\n"
                "    order = torch.randperm(len(data), generator=own).tolist()\n"
                "    batch = torch.empty((size, *data.shape[1:]), dtype=data.dtype)\n"
                "    for place in range(size):\n"
                "        batch[place] = data[order[place]]\n"
                "    return batch\n"
            ),
        ),
    ),
)


ROOT = "/home/ada/llm"

IN_THE_LIBRARY = """\
Traceback (most recent call last):
  File "/home/ada/llm/train.py", line 41, in <module>
    main()
  File "/home/ada/llm/train.py", line 36, in main
    loss = model(batch)
           ^^^^^^^^^^^^
  File "/home/ada/llm/model.py", line 18, in forward
    x = self.embedding(ids)
        ^^^^^^^^^^^^^^^^^^^
  File "/home/ada/llm/.venv/lib/python3.11/site-packages/torch/nn/functional.py", line 2573, in embedding
    return torch.embedding(weight, input, padding_idx, scale_grad_by_freq, sparse)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
IndexError: index out of range in self
"""

IN_THE_STANDARD_LIBRARY = """\
Traceback (most recent call last):
  File "/home/ada/llm/train.py", line 9, in <module>
    settings = read_settings("settings.json")
  File "/home/ada/llm/tools/settings.py", line 5, in read_settings
    return json.load(file)
  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
    raise JSONDecodeError("Expecting value", s, err.value) from None
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)
"""

NEIGHBOUR = """\
Traceback (most recent call last):
  File "/home/ada/llm/resume.py", line 12, in <module>
    model = load("last.pt")
  File "/home/ada/llm-old/checkpoints.py", line 77, in load
    return torch.load(path)["model"]
KeyError: 'model'
"""

BACKUP = """\
Traceback (most recent call last):
  File "/home/ada/llm/evaluate.py", line 20, in <module>
    print(perplexity(model))
  File "/mnt/backup/home/ada/llm/metrics.py", line 6, in perplexity
    return math.exp(loss)
OverflowError: math range error
"""

QUOTING_SOURCE = """\
Traceback (most recent call last):
  File "/home/ada/llm/tests/test_report.py", line 31, in test_last_line
    assert last_line(log) == 'File "/home/ada/llm/train.py", line 2, in run'
           ^^^^^^^^^^^^^^
AssertionError
"""

IN_A_WORKER = """\
Traceback (most recent call last):
  File "/home/ada/llm/train.py", line 52, in <module>
    for batch in loader:
  File "/home/ada/llm/.venv/lib/python3.11/site-packages/torch/utils/data/dataloader.py", line 732, in __next__
    data = self._next_data()
  File "/home/ada/llm/.venv/lib/python3.11/site-packages/torch/_utils.py", line 750, in reraise
    raise exception
IndexError: Caught IndexError in DataLoader worker process 0.
Original Traceback (most recent call last):
  File "/home/ada/llm/.venv/lib/python3.11/site-packages/torch/utils/data/_utils/fetch.py", line 54, in fetch
    data = [self.dataset[idx] for idx in possibly_batched_index]
  File "/home/ada/llm/reviews.py", line 27, in __getitem__
    return self.texts[index]
IndexError: list index out of range
"""

CAPTURED_OUTPUT = """\
Traceback (most recent call last):
  File "/home/ada/llm/sweep.py", line 44, in <module>
    launch(settings)
  File "/home/ada/llm/sweep.py", line 38, in launch
    raise RunFailed(output)
sweep.RunFailed: the run ended with
  File "/home/ada/llm/train.py", line 9, in main
    fit(model)
ValueError: no data
"""

IN_BRACKETS = """\
Traceback (most recent call last):
  File "/home/ada/llm(2)/generate.py", line 15, in <module>
    print(decode(ids))
  File "/home/ada/llm(2)/tokens.py", line 33, in decode
    return "".join(table[i] for i in ids)
TypeError: 'NoneType' object is not subscriptable
"""

DOTS_AND_SIGNS = """\
Traceback (most recent call last):
  File "/home/ada/a+b/llm.v2/run.py", line 3, in <module>
    start()
  File "/home/ada/a+b/llm-v2/run.py", line 8, in start
    raise SystemError("the wrong copy")
SystemError: the wrong copy
"""

NAMED_LIKE_PACKAGES = """\
Traceback (most recent call last):
  File "/home/ada/llm/setup.py", line 11, in <module>
    show_sizes()
  File "/home/ada/llm/tools/site-packages.py", line 4, in show_sizes
    sizes = measure(folders[0])
IndexError: list index out of range
"""

NEAR_NAMES = """\
Traceback (most recent call last):
  File "/home/ada/llm/tools/clean.py", line 6, in <module>
    clean()
  File "/home/ada/llm/old-site-packages/deep/er/clean.py", line 19, in clean
    folder.rmdir()
OSError: [Errno 39] Directory not empty
"""

LONG_MESSAGE = """\
Traceback (most recent call last):
  File "/home/ada/llm/resume.py", line 12, in <module>
    model.load_state_dict(state)
  File "/home/ada/llm/env/lib/python3.11/site-packages/torch/nn/modules/module.py", line 2624, in load_state_dict
    raise RuntimeError(
RuntimeError: Error(s) in loading state_dict for Net:
\tMissing key(s) in state_dict: "head.bias".
\tUnexpected key(s) in state_dict: "bias".
"""

TWO_PARTS = """\
Traceback (most recent call last):
  File "/home/ada/llm/vocabulary.py", line 22, in lookup
    return self.ids[token]
           ~~~~~~~~^^^^^^^
KeyError: 'zebra'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/home/ada/llm/train.py", line 30, in <module>
    ids = [vocabulary.lookup(token) for token in tokens]
  File "/home/ada/llm/vocabulary.py", line 24, in lookup
    raise ValueError(f"unknown token {token!r}") from None
ValueError: unknown token 'zebra'
"""

NONE_OF_YOURS = """\
Traceback (most recent call last):
  File "<frozen runpy>", line 198, in _run_module_as_main
  File "/home/ada/llm/.venv/lib/python3.11/site-packages/jupyterlab/labapp.py", line 940, in main
    launch()
OSError: [Errno 98] Address already in use
"""

SPACES_AND_RECURSION = """\
Traceback (most recent call last):
  File "/home/ada/my course/trees.py", line 14, in <module>
    print(depth(tree))
  File "/home/ada/my course/trees.py", line 7, in depth
    return 1 + max(depth(child) for child in node)
  File "/home/ada/my course/trees.py", line 7, in <genexpr>
    return 1 + max(depth(child) for child in node)
  [Previous line repeated 989 more times]
RecursionError: maximum recursion depth exceeded
"""

FIRST_PART_ONLY_YOURS = """\
Traceback (most recent call last):
  File "/home/ada/llm/data.py", line 61, in fetch
    return cache[key]
KeyError: 'reviews'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/home/ada/llm/.venv/lib/python3.11/site-packages/datasets/load.py", line 1402, in load_dataset
    builder = resolve(path)
FileNotFoundError: Couldn't find any data file
"""

STOPPED_BY_HAND = """\
Traceback (most recent call last):
  File "/home/ada/llm/tune.py", line 17, in <module>
    search(space)
  File "/home/ada/llm/tune.py", line 12, in search
    time.sleep(60)
KeyboardInterrupt
"""

NO_MESSAGE = """\
Traceback (most recent call last):
  File "/home/ada/llm/train.py", line 88, in <module>
    run(epochs=3)
  File "/home/ada/llm/train.py", line 70, in run
    step(batch)
  File "/home/ada/llm/train.py", line 52, in step
    loss.backward()
  File "/home/ada/llm/.venv/lib/python3.11/site-packages/torch/_tensor.py", line 625, in backward
    torch.autograd.backward(
StopIteration
"""

LAST_OWN_FRAME = Exercise(
    name="last_own_frame",
    title="Where to look in a traceback",
    points=3,
    difficulty=3,
    minutes=20,
    hints=(
        (
            "Do it by hand first: print one of the examples and put your finger on the line that you would open in "
            "the editor. What made you skip the lines below it?"
        ),
        (
            "Go through the lines one by one. A header says: forget what you know, a new part begins. Frame lines "
            "begin with two spaces and the word File; `re.match` with r'  File \"(.+)\", line (\\d+), in ' takes them "
            "apart. The first line that is not indented is the error, and then nothing counts until the next header."
        ),
        (
            "Keep three variables that begin as None. At a header, set all three to None. At a frame line, as long as "
            "the error is None, ask: does the path begin with root + “/”, and is “/site-packages/” absent? If so, put "
            "path and int(line) into two of them. At a line that has text and does not begin with white space, fill "
            "the third, if it is still None."
        ),
    ),
    cases=(
        case("your code calls a library", call(IN_THE_LIBRARY, ROOT), strict_type=True),
        case("your code calls the standard library", call(IN_THE_STANDARD_LIBRARY, ROOT), strict_type=True),
        case(
            "a folder beside yours",
            call(NEIGHBOUR, ROOT),
            strict_type=True,
            note="/home/ada/llm-old is not inside /home/ada/llm.",
        ),
        case(
            "a message of several lines",
            call(LONG_MESSAGE, ROOT),
            strict_type=True,
            note="The environment is called env here, and the message goes on after the line that names the error.",
        ),
        case(
            "only the first of two parts is yours",
            call(FIRST_PART_ONLY_YOURS, ROOT),
            strict_type=True,
            note="Only the last part counts.",
        ),
        case(
            "no frame of yours",
            call(NONE_OF_YOURS, ROOT),
            strict_type=True,
            note="The docstring says what “file” and “line” are where no frame is yours.",
        ),
        case(
            "a copy of the project in a backup",
            call(BACKUP, ROOT),
            strict_type=True,
            note="/mnt/backup/home/ada/llm is not inside /home/ada/llm.",
        ),
        case(
            "a program stopped by hand",
            call(STOPPED_BY_HAND, ROOT),
            note="Not every exception has a message.",
            strict_type=True,
        ),
        case(
            "a line of source code that looks like a frame",
            call(QUOTING_SOURCE, ROOT),
            strict_type=True,
            note="A frame begins with just two spaces.",
        ),
        case(
            "a message that quotes a traceback",
            call(IN_A_WORKER, ROOT),
            strict_type=True,
            note="What follows the error line belongs to its message.",
        ),
        case(
            "a file of yours named site-packages.py",
            call(NAMED_LIKE_PACKAGES, ROOT),
            strict_type=True,
            note="The docstring speaks of a folder of that name.",
        ),
        case(
            "a folder with brackets in its name",
            call(IN_BRACKETS, "/home/ada/llm(2)"),
            strict_type=True,
            note="Any character may occur in the name of a folder.",
        ),
        case(
            "a folder with a space in its name, and a recursion",
            call(SPACES_AND_RECURSION, "/home/ada/my course"),
            strict_type=True,
            note="A path may have spaces in it.",
        ),
        case(
            "a traceback of two parts",
            call(TWO_PARTS, ROOT),
            note="Only the last part counts.",
            strict_type=True,
            hidden=True,
        ),
        case("an error without a message", call(NO_MESSAGE, ROOT), hidden=True, strict_type=True),
        case("a message that quotes frames", call(CAPTURED_OUTPUT, ROOT), hidden=True, strict_type=True),
        case(
            "signs and dots in the folder's name",
            call(DOTS_AND_SIGNS, "/home/ada/a+b/llm.v2"),
            hidden=True,
            strict_type=True,
        ),
        case("a folder almost called site-packages", call(NEAR_NAMES, ROOT), hidden=True, strict_type=True),
        case(
            "seen from a folder that has no frame",
            call(IN_THE_LIBRARY, "/home/ada/other"),
            hidden=True,
            strict_type=True,
        ),
        case("seen from the folder beside", call(NEIGHBOUR, "/home/ada/llm-old"), hidden=True, strict_type=True),
    ),
    misconceptions=(
        Misconception(
            "innermost_of_all",
            "You point at the innermost frame of all, inside somebody else's code. The library only noticed the "
            "problem; the line that you can change is the last one that lies in your own folder.",
            credit=1.0,
            edits={'if path.startswith(root + "/") and "/site-packages/" not in path:': "if path:"},
        ),
        Misconception(
            "outermost_own",
            "You point at the first of your frames, where the program was started. The frames are in the order of "
            "the calls, the most recent last: look at which of your matches you keep.",
            credit=1.0,
            edits={'"/site-packages/" not in path:': '"/site-packages/" not in path and file is None:'},
        ),
        Misconception(
            "environment_counted_as_yours",
            "You take a library for your own code: the environment `.venv` lies inside your project, so its files "
            "begin with your root too. Look for the folder name that every installed package has in its path.",
            credit=1.5,
            edits={' and "/site-packages/" not in path:': ":"},
        ),
        Misconception(
            "neighbour_counted_as_yours",
            "You count /home/ada/llm-old as part of /home/ada/llm: the text begins the same way, but it is another "
            "folder. Look at what must follow the root in a path that lies inside it.",
            credit=2.0,
            edits={'path.startswith(root + "/")': "path.startswith(root)"},
        ),
        Misconception(
            "last_line_as_error",
            "For a message of several lines you return its last line. The name of the error stands on its first "
            "line: look at what tells that line from the indented ones around it.",
            credit=2.0,
            code=(
                "def last_own_frame(text, root):\n"
                '    part = text.split("Traceback (most recent call last):\\n")[-1]\n'
                "    lines = part.splitlines()\n"
                '    answer = {"file": None, "line": None, "error": lines[-1]}\n'
                "    for line in lines:\n"
                "        frame = re.match(r'  File \"(.+)\", line (\\d+), in ', line)\n"
                '        if frame and frame[1].startswith(root + "/") and "/site-packages/" not in frame[1]:\n'
                "            answer.update(file=frame[1], line=int(frame[2]))\n"
                "    return answer\n"
            ),
        ),
        Misconception(
            "type_without_message",
            "Your error is the type alone. “IndexError” says what kind of thing happened, the text behind the colon "
            "says what: look at what you cut off.",
            credit=2.0,
            edits={"            error = line\n": '            error = line.split(":")[0]\n'},
        ),
        Misconception(
            "line_number_as_text",
            "Your line number is a string ('18'), because a regular expression always returns text. A number is "
            "asked for: look at the example in the docstring.",
            credit=2.5,
            edits={"int(frame[2])": "frame[2]"},
        ),
        Misconception(
            "first_part_read",
            "With two parts you report the first one. It tells what happened before; what ended the program stands "
            "in the last part: look at which piece of the split text you keep.",
            credit=1.5,
            code=(
                "def last_own_frame(text, root):\n"
                '    answer = {"file": None, "line": None, "error": None}\n'
                "    for line in text.splitlines()[1:]:\n"
                "        frame = re.match(r'  File \"(.+)\", line (\\d+), in ', line)\n"
                '        if frame and frame[1].startswith(root + "/") and "/site-packages/" not in frame[1]:\n'
                "            answer.update(file=frame[1], line=int(frame[2]))\n"
                "        elif line and not line[0].isspace():\n"
                '            return {**answer, "error": line}\n'
            ),
        ),
        Misconception(
            "frames_of_all_parts",
            "Your error comes from the last part, and your frame from an earlier one: you look for frames in the whole "
            "text. The last part counts for frames and error alike.",
            credit=1.5,
            edits={"            file, number, error = None, None, None\n": "            error = None\n"},
        ),
        Misconception(
            "environment_by_its_name",
            "You know the environment by the name `.venv`. This one is called `env`, as in many projects, so you "
            "take its packages for your own code: the docstring names a folder that every environment has.",
            credit=2.0,
            edits={'"/site-packages/" not in path': '"/.venv/" not in path'},
        ),
        Misconception(
            "no_own_frame_forgotten",
            "A traceback without a frame of yours ends in an IndexError: your code takes the last of a list that is "
            "empty. Look at what the docstring asks for in that case.",
            credit=2.0,
            code=(
                "def last_own_frame(text, root):\n"
                "    own, error = [], None\n"
                "    for line in text.splitlines():\n"
                "        frame = re.match(r'  File \"(.+)\", line (\\d+), in ', line)\n"
                '        if line == "Traceback (most recent call last):":\n'
                "            own, error = [], None\n"
                "        elif frame and error is None:\n"
                '            if frame[1].startswith(root + "/") and "/site-packages/" not in frame[1]:\n'
                "                own.append(frame)\n"
                "        elif error is None and line and not line[0].isspace():\n"
                "            error = line\n"
                '    return {"file": own[-1][1], "line": int(own[-1][2]), "error": error}\n'
            ),
        ),
        Misconception(
            "library_where_none_is_own",
            "Where no frame is yours you name one of the library. That looks like a place to search and is none: "
            "look at what the docstring asks for in that case.",
            credit=2.0,
            edits={
                'if path.startswith(root + "/") and "/site-packages/" not in path:\n': (
                    'own = path.startswith(root + "/") and "/site-packages/" not in path\n'
                    "            if own or not mine:\n"
                    "                mine = own\n"
                ),
                "            file, number, error = None, None, None\n": (
                    "            file, number, error, mine = None, None, None, False\n"
                ),
            },
        ),
        Misconception(
            "file_without_its_folder",
            "Your file has lost its folder: “model.py” alone may exist in several places. Return the path as it "
            "stands in the traceback.",
            credit=2.0,
            edits={"file, number = path, int(frame[2])": "file, number = path.split('/')[-1], int(frame[2])"},
        ),
        Misconception(
            "path_below_the_root",
            "Your file is the path relative to the root. The whole path was asked for, as it stands in the traceback: "
            "look at the example in the docstring.",
            credit=2.0,
            edits={"file, number = path, int(frame[2])": "file, number = path[len(root) + 1 :], int(frame[2])"},
        ),
        Misconception(
            "direct_children_only",
            "Only files directly in the root count for you. “Inside the folder, at any depth” includes its subfolders: "
            "look at what you compare the root with.",
            credit=2.0,
            edits={'path.startswith(root + "/")': 'path.rpartition("/")[0] == root'},
        ),
        Misconception(
            "root_anywhere",
            "You ask whether the root occurs anywhere in the path. In the path of a backup it does, further on: a path "
            "inside the folder begins with it.",
            credit=2.0,
            edits={'path.startswith(root + "/")': 'root + "/" in path'},
        ),
        Misconception(
            "root_as_pattern",
            "You put the root into a regular expression as it is. There brackets, dots and plus signs are signs of the "
            "pattern and do not stand for themselves: look for the function of `re` that escapes a text.",
            credit=2.0,
            edits={'path.startswith(root + "/")': 're.match(root + "/", path)'},
        ),
        Misconception(
            "site_packages_as_text",
            "You pass over every path in which the text “site-packages” occurs, also a file of yours called so. "
            "The docstring speaks of a folder with just that name: look at what stands before and after a folder's "
            "name in a path.",
            credit=2.0,
            edits={'"/site-packages/" not in path': '"site-packages" not in path'},
        ),
        Misconception(
            "source_line_as_frame",
            "You take a line of source code for a frame, because it holds a text that looks like one. A frame begins "
            "with two spaces and the word File; `re.search` and `in` find it anywhere in a line.",
            credit=2.0,
            edits={'re.match(r\'  File "(.+)"': 're.search(r\'File "(.+)"'},
        ),
        Misconception(
            "frames_of_the_message",
            "Your frame comes from the message: the error line ends the frames, and what follows it belongs to the "
            "message, even if it quotes another traceback. Look at when your function stops collecting.",
            credit=2.0,
            edits={"elif frame and error is None:": "elif frame:"},
        ),
        Misconception(
            "header_anywhere",
            "You begin a new part inside a message: “Original Traceback (most recent call last):” contains the words "
            "of the header, but the header is a whole line. Look at how you find or split at it.",
            credit=2.0,
            edits={'line == "Traceback (most recent call last):"': '"Traceback (most recent call last):" in line'},
        ),
        Misconception(
            "error_by_its_name",
            "Your error is None for an exception whose name does not contain the word “Error”, such as "
            "KeyboardInterrupt. Names tell nothing here: look at what the docstring says about indentation.",
            credit=2.0,
            edits={"elif error is None and line and": 'elif error is None and "Error" in line and'},
        ),
        Misconception(
            "innermost_or_nothing",
            "You look at the innermost frame alone, and give up if it belongs to a library. The frame to open is the "
            "last one of your own: go further up from there.",
            credit=1.0,
            code=(
                "def last_own_frame(text, root):\n"
                '    part = text.split("Traceback (most recent call last):\\n")[-1]\n'
                "    frames = re.findall(r'^  File \"(.+)\", line (\\d+), in ', part, flags=re.M)\n"
                "    error = re.search(r'^\\S.*', part, flags=re.M).group()\n"
                "    file, line = frames[-1]\n"
                '    if file.startswith(root + "/") and "/site-packages/" not in file:\n'
                '        return {"file": file, "line": int(line), "error": error}\n'
                '    return {"file": None, "line": None, "error": error}\n'
            ),
        ),
        Misconception(
            "path_cut_at_space",
            "A path with a space in it is lost: you split the line at spaces, or your pattern takes none. The path "
            "ends at the closing quotation mark.",
            credit=2.5,
            edits={'File "(.+)"': 'File "(\\S+)"'},
        ),
        Misconception(
            "no_frames_yet",
            "“file” and “line” are None although a frame is yours: your function does not look for frames, or does not "
            "find them. They are the lines between the header and the error; print what your code does with one.",
            credit=0.5,
            code=(
                "def last_own_frame(text, root):\n"
                '    part = text.split("Traceback (most recent call last):\\n")[-1]\n'
                "    error = next(line for line in part.splitlines() if line and not line[0].isspace())\n"
                '    return {"file": None, "line": None, "error": error}\n'
            ),
        ),
        Misconception(
            "example_typed_in",
            "Your result is the example of the docstring, whatever the traceback says. Begin with the lines of `text`: "
            "print them, and mark the frames by hand.",
            code=(
                "def last_own_frame(text, root):\n"
                '    return {"file": root + "/model.py", "line": 18, "error": "IndexError: index out of range"}\n'
            ),
        ),
    ),
    alternatives=(
        Alternative(
            "read_from_the_bottom",
            code=(
                "def last_own_frame(text, root):\n"
                "    lines = text.splitlines()\n"
                '    while "Traceback (most recent call last):" in lines:\n'
                '        lines = lines[lines.index("Traceback (most recent call last):") + 1:]\n'
                '    answer = dict.fromkeys(["file", "line", "error"])\n'
                "    end = [bool(line[:1].strip()) for line in lines].index(True)\n"
                "    answer['error'] = lines[end]\n"
                "    for line in reversed(lines[:end]):\n"
                "        pieces = line.split('\"')\n"
                "        if line.startswith('  File \"' + root + '/') and '/site-packages/' not in pieces[1]:\n"
                "            answer['file'] = pieces[1]\n"
                "            answer['line'] = int(pieces[2].split(',')[1].removeprefix(' line '))\n"
                "            break\n"
                "    return answer\n"
            ),
        ),
        Alternative(
            "regular_expressions_over_the_text",
            code=(
                "def last_own_frame(text, root):\n"
                "    part = re.split(r'^Traceback \\(most recent call last\\):$', text, flags=re.M)[-1]\n"
                "    error = re.search(r'^\\S.*$', part, flags=re.M)\n"
                "    part = part[: error.start()]\n"
                '    frames = re.findall(r\'^  File "([^"]+)", line ([0-9]+), in\', part, flags=re.M)\n'
                '    own = [f for f in frames if f[0].startswith(root + "/") and "/site-packages/" not in f[0]]\n'
                "    file, line = own[-1] if own else (None, None)\n"
                '    return {"file": file, "line": line and int(line), "error": error.group()}\n'
            ),
        ),
    ),
)


PACK_DOCUMENTS = Exercise(
    name="pack_documents",
    title="A bug to find with the debugger",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        (
            "There are two bugs. Do not read the code for them yet: stop at the line `groups.append(group)`, run one "
            "line at a time, and watch `groups`. At which line does it change although nothing was appended to it?"
        ),
        (
            "First bug: after `groups.append(group)` the two names `group` and `groups[-1]` mean one and the same "
            "list. What does the next line do to it? Second bug: when the loop ends, what does `group` still hold?"
        ),
        (
            "The next group must be a new list and not the old one emptied. And after the loop, a group that is not "
            "empty has still to be handed over."
        ),
    ),
    cases=(
        case("five short documents", call([3, 4, 2, 5, 1], 7), strict_type=True),
        case(
            "documents that fill the budget exactly",
            call([4, 4, 2, 2, 4], 8),
            strict_type=True,
            note="“At most” includes the budget itself.",
        ),
        case(
            "a document longer than the budget",
            call([9, 1, 2, 12, 3], 6),
            note="No group may be empty.",
            strict_type=True,
        ),
        case("no documents", call([], 10), note="No group may be empty.", strict_type=True),
        case("everything fits into one group", call([1, 2, 3], 100), hidden=True, strict_type=True),
        case("one document", call([5], 5), call([6], 5), hidden=True, strict_type=True),
        case("every document alone", call([5, 5, 5, 5], 5), hidden=True, strict_type=True),
        case(
            "documents of real lengths",
            call([128, 512, 64, 300, 212, 40, 512, 1, 511], 512),
            hidden=True,
            strict_type=True,
        ),
        case("empty documents among them", call([0, 3, 0, 3, 0], 3), hidden=True, strict_type=True),
        case(
            "an empty document after a long one",
            call([9, 0, 1], 6),
            strict_type=True,
            hidden=True,
            note="A document longer than the budget makes a group of its own.",
        ),
    ),
    misconceptions=(
        Misconception(
            "last_group_lost",
            "The groups are right, and the last one is missing: one of the two bugs is gone. Stop after the loop and "
            "look at what `group` still holds.",
            credit=1.5,
            edits={"    if group:\n        groups.append(group)\n": ""},
        ),
        Misconception(
            "groups_share_one_list",
            "All your groups show the same documents, those of the last group: `groups` holds the same list several "
            "times over, and emptying it empties all. Watch `groups` in the debugger while the line after the append "
            "runs.",
            credit=1.5,
            edits={"            group = []\n": "            group.clear()\n"},
        ),
        Misconception(
            "budget_never_filled",
            "A document that would fill the budget exactly is sent to the next group. “At most” includes the budget "
            "itself: look at the comparison.",
            credit=1.5,
            edits={"        if group and total + length > budget:": "        if group and total + length >= budget:"},
        ),
        Misconception(
            "empty_group_at_the_end",
            "With no documents at all you return one empty group. Look at the lines after the loop and ask what they "
            "do when there is nothing left.",
            credit=2.0,
            edits={"    if group:\n        groups.append(group)\n": "    groups.append(group)\n"},
        ),
        Misconception(
            "empty_group_before_a_long_document",
            "Before a document that is longer than the budget you hand over an empty group. A group is complete only "
            "if something is in it: look at the condition that closes a group.",
            credit=1.5,
            edits={"        if group and total + length > budget:": "        if total + length > budget:"},
        ),
        Misconception(
            "total_not_reset",
            "From the second group on, your groups hold one document each: the total still counts the documents that "
            "were already handed over. Watch `total` in the debugger at the start of a new group.",
            credit=1.0,
            edits={"            total = 0\n": ""},
        ),
        Misconception(
            "closing_document_lost",
            "The document that does not fit any more is in no group: your loop closes the group and then goes on to "
            "the next document. Count the indices in your result.",
            credit=1.0,
            edits={
                "        group.append(index)\n": "            continue\n        group.append(index)\n",
            },
        ),
        Misconception(
            "copied_but_not_emptied",
            "Each of your groups also holds the documents of the groups before it: a copy is handed over, and the "
            "original is never emptied. Watch `group` in the debugger after a hand-over.",
            credit=1.0,
            edits={
                "            groups.append(group)\n            group = []\n": "            groups.append(group[:])\n",
            },
        ),
        Misconception(
            "handed_over_in_the_loop",
            "The same group is handed over many times: the lines for the last group stand inside the loop and run "
            "once for every document. Look at their indentation.",
            credit=1.0,
            edits={
                "    if group:\n        groups.append(group)\n": "        groups.append(group)\n",
            },
        ),
        Misconception(
            "handed_over_at_every_step",
            "Each group is in your result several times, once for every document that it holds: you append it inside "
            "the loop, whether it is complete or not. Ask when a group is finished.",
            credit=1.0,
            edits={
                "            groups.append(group)\n            group = []\n": "            group = []\n",
                "    if group:\n        groups.append(group)\n": "        groups.append(group)\n",
            },
        ),
        Misconception(
            "length_counted_twice",
            "From the second group on, your groups are too small: the total of a new group starts with its first "
            "document, and the last line of the loop adds that document again.",
            credit=1.5,
            edits={"            total = 0\n": "            total = length\n"},
        ),
        Misconception(
            "lengths_instead_of_positions",
            "The grouping is right, but your groups hold the lengths of the documents, and their positions were asked "
            "for: look at which of `index` and `length` you append.",
            credit=1.5,
            edits={"        group.append(index)\n": "        group.append(length)\n"},
        ),
        Misconception(
            "positions_looked_up",
            "Of documents with the same length you name the first one every time: `lengths.index(length)` finds a "
            "value, not the place where you are. Look at how a loop can tell its position.",
            credit=1.0,
            edits={"        group.append(index)\n": "        group.append(lengths.index(length))\n"},
        ),
        Misconception(
            "earlier_groups_filled_up",
            "You put a document into any earlier group with room for it. That packs tighter, but the documents lose "
            "their order: only the current group may grow, and a complete one stays as it is.",
            credit=1.0,
            code=(
                "def pack_documents(lengths, budget):\n"
                "    groups, totals = [], []\n"
                "    for index, length in enumerate(lengths):\n"
                "        for place, total in enumerate(totals):\n"
                "            if total + length <= budget:\n"
                "                groups[place].append(index)\n"
                "                totals[place] += length\n"
                "                break\n"
                "        else:\n"
                "            groups.append([index])\n"
                "            totals.append(length)\n"
                "    return groups\n"
            ),
        ),
        Misconception(
            "groups_as_tuples",
            "The grouping is right, but your groups are tuples, and lists are promised: whoever appends to a group "
            "afterwards gets an AttributeError. (A list that nobody else holds is safe too.)",
            credit=2.5,
            edits={
                "            groups.append(group)\n": "            groups.append(tuple(group))\n",
                "    if group:\n        groups.append(group)\n": "    if group:\n        groups.append(tuple(group))\n",
            },
        ),
    ),
    alternatives=(
        Alternative(
            "copies_handed_over",
            edits={
                "            groups.append(group)\n            group = []\n": (
                    "            groups.append(list(group))\n            group.clear()\n"
                ),
            },
        ),
        Alternative(
            "room_left_in_the_last_group",
            code=(
                "def pack_documents(lengths, budget):\n"
                "    groups, room = [], -1\n"
                "    for index, length in enumerate(lengths):\n"
                "        if not groups or length > room:\n"
                "            groups.append([])\n"
                "            room = budget\n"
                "        groups[-1].append(index)\n"
                "        room -= length\n"
                "    return groups\n"
            ),
        ),
    ),
)


LESSON = Lesson(
    name="01_environment",
    title="The environment",
    summary="What is installed and why; notebooks, kernels, PyCharm; devices, number formats and memory; runs that "
    "repeat; reading a traceback and using a debugger.",
    reading_minutes=45,
    exercises=(
        LINEAR_PARAMETERS,
        ENVIRONMENT_REPORT,
        CHOOSE_DEVICE,
        COUNTING_LIMIT,
        TRAINING_MEMORY,
        SEED_EVERYTHING,
        SAMPLE_BATCH,
        LAST_OWN_FRAME,
        PACK_DOCUMENTS,
    ),
)
