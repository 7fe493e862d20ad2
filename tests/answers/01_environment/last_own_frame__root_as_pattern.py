# exercise: last_own_frame
# expect: wrong
# meant: puts root into a regular expression without re.escape: c++ and dots are read as signs of the pattern
# about: escape|special|regular expression|\bdot\b|pattern|re\.error|literal
def last_own_frame(text, root):
    lines = text.split("\n")
    header = "Traceback (most recent call last):"
    start = max((i for i, line in enumerate(lines) if line == header), default=-1)
    answer = {"file": None, "line": None, "error": None}
    for line in lines[start + 1:]:
        if line and not line.startswith(" "):
            answer["error"] = line
            break
        match = re.match(rf'  File "({root}/.*)", line (\d+), in ', line)
        if match:
            path = match.group(1)
            if "site-packages" not in path.split("/")[:-1]:
                answer["file"] = path
                answer["line"] = int(match.group(2))
    return answer
