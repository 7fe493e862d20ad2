# exercise: last_own_frame
# expect: wrong
# meant: looks at the innermost frame only: None if that one is a library's
# about: librar|go(es)? up|further up|last frame|not (your|one.s) own|innermost own|several frames
def last_own_frame(text, root):
    part = text.split("Traceback (most recent call last):\n")[-1]
    frames = re.findall(r'^  File "(.*)", line (\d+), in ', part, re.M)
    error = re.search(r"^\S.*", part, re.M).group()
    if frames:
        path, number = frames[-1]
        if path.startswith(root + "/") and "/site-packages/" not in path:
            return {"file": path, "line": int(number), "error": error}
    return {"file": None, "line": None, "error": error}
