# exercise: last_own_frame
# expect: wrong
# meant: gives the whole message, also its further lines
# about: message|first line|rest|left out|one line|further lines|goes on
def last_own_frame(text, root):
    lines = text.split("\n")
    header = "Traceback (most recent call last):"
    start = max((i for i, line in enumerate(lines) if line == header), default=-1)
    answer = {"file": None, "line": None, "error": None}
    for k, line in enumerate(lines[start + 1:]):
        if line and not line.startswith(" "):
            answer["error"] = "\n".join(lines[start + 1 + k:]).strip()
            break
        match = re.match(r'  File "(.*)", line (\d+), in ', line)
        if match:
            path = match.group(1)
            if path.startswith(root + "/") and "site-packages" not in path.split("/")[:-1]:
                answer["file"] = path
                answer["line"] = int(match.group(2))
    return answer
