# exercise: last_own_frame
# expect: wrong
# meant: unfinished: finds the error, frames are to come later
# about: frames?\b
def last_own_frame(text, root):
    part = text.split("Traceback (most recent call last):\n")[-1]
    for line in part.split("\n"):
        if line and not line.startswith(" "):
            return {"file": None, "line": None, "error": line}
