# exercise: last_own_frame
# expect: wrong
# meant: excludes a folder .venv instead of site-packages
# about: site-packages|venv|environment
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
            if path.startswith(root + "/") and "/.venv/" not in path:
                answer["file"] = path
                answer["line"] = int(match.group(2))
    return answer
