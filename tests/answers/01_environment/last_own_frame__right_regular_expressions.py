# exercise: last_own_frame
# expect: right
# meant: regular expressions throughout, root escaped, site-packages by a negative look-ahead
def last_own_frame(text, root):
    part = re.split(r"^Traceback \(most recent call last\):$", text, flags=re.M)[-1]
    error = re.search(r"^[^ \n].*$", part, flags=re.M)
    inside = re.escape(root) + r"/(?!(?:.*/)?site-packages/)"
    outside = "/site-packages/" in root + "/" or root.startswith("site-packages/")
    frames = re.findall(
        rf'^  File "({inside}.*)", line (\d+), in ', part[: error.start()], flags=re.M
    )
    if outside or not frames:
        return {"file": None, "line": None, "error": error[0]}
    file, line = frames[-1]
    return {"file": file, "line": int(line), "error": error[0]}
