# exercise: last_own_frame
# expect: wrong
# meant: leaves the line number as a string
# about: \bint\b|string|\bstr\b|\btype\b|number
def last_own_frame(text, root):
    lines = text.split("\n")
    header = "Traceback (most recent call last):"
    start = max((i for i, line in enumerate(lines) if line == header), default=-1)
    answer = {"file": None, "line": None, "error": None}
    for line in lines[start + 1:]:
        if line and not line.startswith(" "):
            answer["error"] = line
            break
        match = re.match(r'  File "(.*)", line (\d+), in ', line)
        if match:
            path = match.group(1)
            if path.startswith(root + "/") and "site-packages" not in path.split("/")[:-1]:
                answer["file"] = path
                answer["line"] = match.group(2)
    return answer
