# exercise: last_own_frame
# expect: right
# meant: from the back: error first, then the frames upwards, with pure paths
from pathlib import PurePosixPath


def last_own_frame(text, root):
    lines = text.split("\n")
    last = len(lines) - 1 - lines[::-1].index("Traceback (most recent call last):")
    body = lines[last + 1:]
    stop = next(k for k, line in enumerate(body) if line and not line[0].isspace())
    for line in reversed(body[:stop]):
        frame = re.fullmatch(r'  File "(.*)", line (\d+), in .*', line)
        if frame is None:
            continue
        path = PurePosixPath(frame[1])
        if PurePosixPath(root) in path.parents and "site-packages" not in path.parent.parts:
            return {"file": frame[1], "line": int(frame[2]), "error": body[stop]}
    return {"file": None, "line": None, "error": body[stop]}
