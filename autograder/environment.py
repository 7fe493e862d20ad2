"""The environment variables of every process that runs a notebook: in the build, under nbval, while grading."""

#: The same environment for the build and for nbval: one thread (sums in one order), no hub, no learner's progress.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    "COLUMNS": "120",
    # Explorers put their static picture into the output: a widget's output holds a random id.
    "COURSE_STATIC": "1",
}
