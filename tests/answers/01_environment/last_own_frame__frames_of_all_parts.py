# exercise: last_own_frame
# expect: wrong
# meant: the error of the last part, but frames of all parts
# about: \bparts?\b|earlier|During handling|last (part|traceback)
def last_own_frame(text, root):
    file, number = None, None
    for match in re.finditer(r'^  File "(.*)", line (\d+), in ', text, re.M):
        path = match.group(1)
        if path.startswith(root + "/") and "/site-packages/" not in path:
            file, number = path, int(match.group(2))
    last = text.split("Traceback (most recent call last):\n")[-1]
    error = [line for line in last.split("\n") if line and line[0] != " "][0]
    return {"file": file, "line": number, "error": error}
