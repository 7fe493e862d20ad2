# exercise: last_own_frame
# expect: wrong
# meant: looks for the word Error to find the error line: KeyboardInterrupt and own exceptions are missed
# about: \bword\b|['\"“`]Error|KeyboardInterrupt|StopIteration|end(s|ing)? (in|with)|not indented|every exception|name of the exception|other exceptions|indent
def last_own_frame(text, root):
    lines = text.split("\n")
    header = "Traceback (most recent call last):"
    start = max((i for i, line in enumerate(lines) if line == header), default=-1)
    answer = {"file": None, "line": None, "error": None}
    for line in lines[start + 1:]:
        if not line.startswith(" ") and "Error" in line.split(":")[0]:
            answer["error"] = line
            break
        match = re.match(r'  File "(.*)", line (\d+), in ', line)
        if match:
            path = match.group(1)
            if path.startswith(root + "/") and "site-packages" not in path.split("/")[:-1]:
                answer["file"] = path
                answer["line"] = int(match.group(2))
    return answer
