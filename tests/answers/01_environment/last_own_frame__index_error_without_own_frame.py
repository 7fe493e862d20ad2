# exercise: last_own_frame
# expect: wrong
# meant: collects own frames and takes [-1], IndexError where there are none
# about: IndexError|no (own )?frame|empty|None|no frame
def last_own_frame(text, root):
    lines = text.split("\n")
    header = "Traceback (most recent call last):"
    start = max((i for i, line in enumerate(lines) if line == header), default=-1)
    answer, own = {}, []
    for line in lines[start + 1:]:
        if line and not line.startswith(" "):
            answer["error"] = line
            break
        match = re.match(r'  File "(.*)", line (\d+), in ', line)
        if match:
            path = match.group(1)
            if path.startswith(root + "/") and "site-packages" not in path.split("/")[:-1]:
                own.append((path, int(match.group(2))))
    answer["file"], answer["line"] = own[-1]
    return answer
